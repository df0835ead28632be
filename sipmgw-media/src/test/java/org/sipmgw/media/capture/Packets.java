package org.sipmgw.media.capture;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sipmgw.media.rtp.PacketSink;

/** Keeps the packets that a capture makes, with the time each came. */
final class Packets implements PacketSink {

    /** One packet. */
    record Packet(byte[] bytes, long atNs) {
        int sequence() {
            return (bytes[2] & 0xff) << 8 | (bytes[3] & 0xff);
        }

        int timestamp() {
            return (bytes[4] & 0xff) << 24 | (bytes[5] & 0xff) << 16 | (bytes[6] & 0xff) << 8 | (bytes[7] & 0xff);
        }

        int ssrc() {
            return (bytes[8] & 0xff) << 24 | (bytes[9] & 0xff) << 16 | (bytes[10] & 0xff) << 8 | (bytes[11] & 0xff);
        }

        boolean marker() {
            return bytes[1] < 0;
        }

        int payloadType() {
            return bytes[1] & 0x7f;
        }

        int nalType() {
            return bytes[12] & 0x1f;
        }
    }

    private final List<Packet> packets = new ArrayList<>();

    @Override
    public synchronized void packet(byte[] buffer, int offset, int length) {
        packets.add(new Packet(Arrays.copyOfRange(buffer, offset, offset + length), System.nanoTime()));
    }

    synchronized List<Packet> all() {
        return List.copyOf(packets);
    }

    synchronized void clear() {
        packets.clear();
    }

    /** Frames, told apart by their timestamps. */
    long frames() {
        return all().stream().mapToInt(Packet::timestamp).distinct().count();
    }
}
