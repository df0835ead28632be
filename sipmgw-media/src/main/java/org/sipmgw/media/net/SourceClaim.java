package org.sipmgw.media.net;

/** Why a share of a port takes what comes from an address, the weakest reason first. */
public enum SourceClaim {
    /** Something has been sent there. */
    TRIED,
    /** The peer has described it. */
    DESCRIBED,
    /** The one there has proved to be the peer. */
    PROVEN
}
