package org.sipmgw.account;

/** How SIP messages travel to a registrar or proxy. */
public enum SignallingTransport {
    /** RFC 3261 section 18. */
    UDP,
    /** RFC 3261 section 18. */
    TCP,
    /** TLS over TCP, RFC 3261 section 26.3. */
    TLS
}
