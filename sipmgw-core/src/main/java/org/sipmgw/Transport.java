package org.sipmgw;

/** A SIP transport. */
public enum Transport {
    UDP,
    TCP,
    /** SIP over TLS (RFC 3261 section 26.2.1), by TCP. */
    TLS
}
