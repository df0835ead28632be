package org.sipmgw;

/** A SIP transport. */
public enum Transport {
    UDP,
    TCP
}
