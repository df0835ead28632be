package org.sipmgw.media.rtp;

/** Takes what a compound RTCP packet says. SSRCs and timestamps are 32 bits. */
public interface RtcpHandler {

    /** RFC 3550 section 6.4.1. */
    default void senderReport(int ssrc, long ntp, int rtpTimestamp) {}

    /**
     * RFC 3550 section 6.4.1.
     *
     * @param fractionLost of 256, since the report before
     * @param jitter in ticks
     * @param lastSr middle 32 bits of the NTP time of the last sender report, 0 for none
     * @param delay since that report, in 65536ths of a second
     */
    default void reportBlock(int source, int fractionLost, int cumulativeLost, int jitter, int lastSr, int delay) {}

    /** RFC 3550 section 6.6. */
    default void bye(int ssrc) {}

    /** RFC 4585 section 6.3.1. */
    default void pictureLoss(int media) {}

    /** RFC 5104 section 4.3.1; a repeated sequence number is a repeated request. */
    default void fullIntra(int media, int sequence) {}

    /** One missing packet, RFC 4585 section 6.2.1. */
    default void missing(int media, int sequence) {}

    /**
     * RFC 5104 section 4.2.1.
     *
     * @param sender who asks, the owner in the notification
     * @param entry exponent, mantissa and overhead as they came
     * @param bitrateBps what is asked
     */
    default void bitrateRequest(int sender, int media, int entry, long bitrateBps) {}

    /**
     * A packet came at the other side (transport-wide feedback).
     *
     * @param sequence its transport-wide number, 16 bits
     * @param arrivedNs by a clock of the other side that begins anew every twelve days
     */
    default void packetArrived(int sequence, long arrivedNs) {}

    /** A packet did not come until now. */
    default void packetMissing(int sequence) {}

    /** One message about arrivals ends. */
    default void arrivalsEnd() {}

    /** What the other side thinks it can receive (goog-remb). */
    default void estimatedBitrate(long bitrateBps) {}
}
