package org.sipmgw.media.rate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;

/**
 * A sender that keeps to its controller, a link with a rate, a queue and losses, and a receiver that reports every
 * second, in time of its own.
 */
final class EmulatedPath {
    static final long SECOND = 1_000_000_000L;
    private static final int PACKET_BYTES = 1200;

    private final RateController controller;
    private final Random random = new Random(20_261_124);
    private final int reportNs;
    int capacityBps = 10_000_000;
    double loss;
    int delayMs = 20;
    int queueMs = 300;
    /** Bits per second that the encoder makes of what it may: pictures that do not move need less. */
    double used = 1;

    long nowNs = SECOND;
    private long freeNs;
    private long nextPacketNs = SECOND;
    private long nextReportNs = 2 * SECOND;
    private long sentBits;
    private int sent;
    private int lost;
    private long lastSeenNs;
    private long carriedBits;
    private final Deque<Integer> delays = new ArrayDeque<>();

    EmulatedPath(RateController controller, double reportSeconds) {
        this.controller = controller;
        this.reportNs = (int) (reportSeconds * SECOND);
    }

    /** Lets time pass; the bits per second that came out at the far end meanwhile. */
    long run(double seconds) {
        long endNs = nowNs + (long) (seconds * SECOND);
        carriedBits = 0;
        while (nowNs < endNs) {
            nowNs = Math.min(nextPacketNs, nextReportNs);
            if (nowNs == nextReportNs) {
                report();
            } else {
                send();
            }
        }
        return (long) (carriedBits / seconds);
    }

    private void send() {
        nextPacketNs += (long) (PACKET_BYTES * 8L * SECOND / Math.max(10_000, controller.targetBps() * used));
        sent++;
        sentBits += PACKET_BYTES * 8L;
        long startNs = Math.max(nowNs, freeNs);
        if (startNs - nowNs > queueMs * 1_000_000L || random.nextDouble() < loss) {
            lost++;
            return;
        }
        freeNs = startNs + PACKET_BYTES * 8L * SECOND / capacityBps;
        lastSeenNs = freeNs - nowNs;
        carriedBits += PACKET_BYTES * 8L;
    }

    private void report() {
        double share = sent == 0 ? 0 : lost / (double) sent;
        long roundTripNs = 2L * delayMs * 1_000_000L + lastSeenNs;
        controller.report(share, roundTripNs, sentBits * SECOND / reportNs, nowNs);
        delays.add((int) (lastSeenNs / 1_000_000));
        nextReportNs += reportNs;
        sent = 0;
        lost = 0;
        sentBits = 0;
    }

    /** Milliseconds that packets waited in the queue, by the newest reports. */
    int queueMs(int reports) {
        return (int) delays.stream()
                .skip(Math.max(0, delays.size() - reports))
                .mapToInt(ms -> ms)
                .average()
                .orElse(0);
    }
}
