package org.sipmgw.media.rtp;

/** How a packet stands in the sequence of its stream. */
public enum Arrival {
    /** Newer than all before; packets between may be missing. */
    IN_ORDER,
    /** Older than the newest and not seen before. */
    LATE,
    /** Seen before; to be dropped. */
    DUPLICATE,
    /** Another stream or a jump within it has begun with this packet: numbers start over. */
    RESTARTED,
    /** Belongs nowhere yet: a second stream beside the current one, or a jump that the next packet may confirm. */
    UNPROVEN
}
