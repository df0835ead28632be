package org.sipmgw.testsupport;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Puts received packets in the order they were sent in, source by source. */
final class RtpSequence {

    private RtpSequence() {}

    /** One frame: its packets in order. */
    record Frame(List<RtpPacket> packets, boolean whole) {
        long completeNs() {
            return packets.stream().mapToLong(RtpPacket::arrivalNs).max().orElse(0);
        }

        List<byte[]> payloads() {
            return packets.stream().map(RtpPacket::payload).toList();
        }
    }

    private record Placed(long index, RtpPacket packet) {}

    static long lost(List<RtpPacket> packets) {
        long lost = 0;
        for (List<Placed> source : bySource(packets).values()) {
            Set<Long> seen = new TreeSet<>();
            source.forEach(p -> seen.add(p.index));
            if (!seen.isEmpty()) {
                lost += ((TreeSet<Long>) seen).last() - ((TreeSet<Long>) seen).first() + 1 - seen.size();
            }
        }
        return lost;
    }

    /** All packets in order, duplicates left out. */
    static List<RtpPacket> ordered(List<RtpPacket> packets) {
        List<RtpPacket> ordered = new ArrayList<>();
        for (List<Placed> source : bySource(packets).values()) {
            long last = Long.MIN_VALUE;
            for (Placed placed : source) {
                if (placed.index != last) {
                    ordered.add(placed.packet);
                    last = placed.index;
                }
            }
        }
        return ordered;
    }

    /** Frames: packets of one timestamp. */
    static List<Frame> frames(List<RtpPacket> packets) {
        List<Frame> frames = new ArrayList<>();
        List<RtpPacket> frame = new ArrayList<>();
        int before = -1;
        for (RtpPacket packet : ordered(packets)) {
            if (!frame.isEmpty()
                    && (frame.get(0).timestamp() != packet.timestamp()
                            || frame.get(0).ssrc() != packet.ssrc())) {
                frames.add(close(frame, before));
                before = frame.get(frame.size() - 1).sequence();
                frame = new ArrayList<>();
            }
            frame.add(packet);
        }
        if (!frame.isEmpty()) {
            frames.add(close(frame, before));
        }
        return frames;
    }

    private static Frame close(List<RtpPacket> frame, int before) {
        boolean whole = frame.get(frame.size() - 1).marker();
        int expected = before < 0 ? frame.get(0).sequence() : before + 1 & 0xFFFF;
        for (RtpPacket packet : frame) {
            whole &= packet.sequence() == expected;
            expected = packet.sequence() + 1 & 0xFFFF;
        }
        return new Frame(frame, whole);
    }

    private static Map<Integer, List<Placed>> bySource(List<RtpPacket> packets) {
        Map<Integer, List<Placed>> sources = new LinkedHashMap<>();
        Map<Integer, Long> newest = new HashMap<>();
        for (RtpPacket packet : packets) {
            long last = newest.getOrDefault(packet.ssrc(), (long) packet.sequence());
            long index = last + (short) (packet.sequence() - (int) last);
            newest.merge(packet.ssrc(), index, Math::max);
            sources.computeIfAbsent(packet.ssrc(), s -> new ArrayList<>()).add(new Placed(index, packet));
        }
        sources.values().forEach(s -> s.sort(Comparator.comparingLong(Placed::index)));
        return sources;
    }
}
