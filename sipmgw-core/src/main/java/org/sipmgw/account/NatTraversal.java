package org.sipmgw.account;

/** How media get through address translation; baresip's {@code medianat}. */
public enum NatTraversal {
    /** Not at all: the local address stands in the SDP. */
    NONE,
    /** The address that a STUN server sees stands in the SDP (RFC 8489). */
    STUN,
    /** The address that a TURN server relays for us stands in the SDP (RFC 8656). The peer need not know ICE. */
    TURN,
    /** Full ICE (RFC 8445), with the server's candidates where one is given. */
    ICE
}
