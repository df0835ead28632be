package org.sipmgw.media.rtp;

/**
 * Keys from telephone-event packets (RFC 4733 section 2.3). One key is many packets with the same timestamp, the last
 * one three times; it is reported once, with the first that arrives. Not thread-safe.
 */
public final class TelephoneEvents {
    private static final String KEYS = "0123456789*#ABCD";

    private boolean started;
    private int lastTimestamp;
    private int lastSsrc;

    /** The key that this packet begins; 0 for none. */
    public char key(Packet packet) {
        if (packet.payloadLength() < 4) {
            return 0;
        }
        int event = packet.buffer()[packet.payloadOffset()] & 0xFF;
        if (started && packet.ssrc() == lastSsrc && packet.timestamp() - lastTimestamp <= 0) {
            return 0;
        }
        started = true;
        lastTimestamp = packet.timestamp();
        lastSsrc = packet.ssrc();
        return event < KEYS.length() ? KEYS.charAt(event) : 0;
    }
}
