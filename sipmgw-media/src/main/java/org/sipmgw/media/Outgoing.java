package org.sipmgw.media;

/** What the gateway sends of one kind, as RTCP with the room must know it. Thread-safe. */
interface Outgoing {

    /** SSRC of what is sent, also where nothing is sent yet. */
    int ssrc();

    /** Sequence number of the last packet, or the one before the first. */
    int lastSequence();

    /** The RTP timestamp of this moment. */
    int timestampAt(long nowNs);

    /** Sent so far. */
    long packets();

    /** Payload bytes sent so far. */
    long octets();

    /** The room reports loss (of 256 since the report before, and altogether) and jitter (in ticks). */
    void reported(int fractionLost, int lost, int jitter);

    /** The room needs a key frame. */
    void keyFrameWanted();

    /** The room wants no more than this, bits per second. */
    void bitrateWanted(int bitrateBps);
}
