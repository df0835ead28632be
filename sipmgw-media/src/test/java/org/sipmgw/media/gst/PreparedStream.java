package org.sipmgw.media.gst;

import java.util.List;

/**
 * RTP packets made once, to be played at no cost, as often as wanted. A unit is what shares one timestamp:
 * a video frame, or one audio packet.
 *
 * @param units packets of each unit, with payload type and marker set; the rest of the header is {@link #stamp}'s
 * @param ticksPerUnit how much the RTP timestamp grows from one unit to the next
 * @param nsPerUnit how long one unit lasts
 */
public record PreparedStream(List<List<byte[]>> units, int ticksPerUnit, long nsPerUnit) {

    /** Writes what differs from one playing to the next into a packet's header. */
    public static void stamp(byte[] packet, int sequence, int timestamp, int ssrc) {
        packet[2] = (byte) (sequence >> 8);
        packet[3] = (byte) sequence;
        for (int i = 0; i < 4; i++) {
            packet[4 + i] = (byte) (timestamp >> (24 - 8 * i));
            packet[8 + i] = (byte) (ssrc >> (24 - 8 * i));
        }
    }
}
