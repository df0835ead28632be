package org.sipmgw.testsupport;

import java.util.ArrayList;
import java.util.List;

/** Every RTP packet that arrived, and when. Thread-safe; the oldest go when there are too many. */
public final class RtpRecording {

    private static final int MOST_PACKETS = 400_000;

    private final List<RtpPacket> packets = new ArrayList<>();
    private long count;
    private long bytes;
    private volatile long lastNs;

    /** Adds a packet that arrived at {@code nowNs} ({@link System#nanoTime()}); what is no RTP is left out. */
    public synchronized void add(long nowNs, byte[] datagram, int length) {
        if (!RtpPacket.isRtp(datagram, length)) {
            return;
        }
        if (packets.size() == MOST_PACKETS) {
            packets.subList(0, MOST_PACKETS / 2).clear();
        }
        packets.add(new RtpPacket(nowNs, java.util.Arrays.copyOf(datagram, length)));
        count++;
        bytes += length;
        lastNs = nowNs;
    }

    /** What arrived, in the order of arrival. */
    public synchronized List<RtpPacket> packets() {
        return List.copyOf(packets);
    }

    /** What arrived from {@code fromNs} on. */
    public synchronized List<RtpPacket> since(long fromNs) {
        return packets.stream().filter(p -> p.arrivalNs() >= fromNs).toList();
    }

    /** How many packets have arrived. */
    public synchronized long count() {
        return count;
    }

    /** How many bytes have arrived, RTP headers included. */
    public synchronized long bytes() {
        return bytes;
    }

    /** When the last packet arrived, 0 for never. */
    public long lastNs() {
        return lastNs;
    }

    /** How many packets are missing in the sequence. */
    public long lost() {
        return RtpSequence.lost(packets());
    }

    /** Forgets all packets; the counters go on. */
    public synchronized void clear() {
        packets.clear();
    }
}
