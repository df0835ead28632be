package org.sipmgw.media.rate;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Random;
import org.sipmgw.media.rtp.ArrivalLog;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.rtp.RtcpHandler;
import org.sipmgw.media.rtp.RtcpReader;
import org.sipmgw.media.rtp.RtcpWriter;
import org.sipmgw.media.rtp.SentPackets;

/**
 * A sender of pictures that keeps to its controller, a link with a rate, a queue, jitter and losses, and a receiver that
 * tells of arrivals every 100 ms by RTCP, in time of its own. Its clock is not the sender's.
 */
final class EmulatedTransport implements RtcpHandler {
    static final long MS = 1_000_000L;
    private static final long SECOND = 1_000 * MS;
    private static final long PICTURE_NS = SECOND / 30;
    private static final long FEEDBACK_NS = 100 * MS;
    private static final int PACKET_BYTES = 1200;
    private static final double CLOCK = 1.00005;

    private final GoogleCongestionControl controller;
    private final Random random = new Random(20_261_124);
    private final SentPackets sent = new SentPackets(65_000);
    private final ArrivalLog log = new ArrivalLog();
    private final RtcpReader reader = new RtcpReader();
    private final Packet rtcp = new Packet(new byte[2048]);
    private final Deque<long[]> underway = new ArrayDeque<>();
    private final Deque<Object[]> reports = new ArrayDeque<>();
    int capacityBps = 10_000_000;
    double loss;
    int delayMs = 20;
    int jitterMs;
    int queueMs = 300;
    /** Of what the encoder may make. */
    double used = 1;
    /** Every how many pictures one is ten times as large; 0 for never. */
    int keyFrames;

    long nowNs = SECOND;
    private long pictures;
    private long freeNs;
    private long lastArrivalNs;
    private long nextPictureNs = SECOND;
    private long nextFeedbackNs = SECOND + FEEDBACK_NS;
    private long longestQueueNs;
    private long carriedBits;

    EmulatedTransport(GoogleCongestionControl controller) {
        this.controller = controller;
    }

    /** Lets time pass; the bits per second that came out at the far end meanwhile. */
    long run(double seconds) {
        long endNs = nowNs + (long) (seconds * SECOND);
        carriedBits = 0;
        longestQueueNs = 0;
        while (nowNs < endNs) {
            nowNs = Math.min(nextPictureNs, nextFeedbackNs);
            hear();
            if (nowNs == nextPictureNs) {
                picture();
            }
            if (nowNs == nextFeedbackNs) {
                feedback();
            }
        }
        return (long) (carriedBits / seconds);
    }

    private void picture() {
        nextPictureNs += PICTURE_NS;
        double bits = controller.targetBps() * used / 30 * (0.7 + 0.6 * random.nextDouble());
        boolean key = keyFrames > 0 && pictures++ % keyFrames == 0;
        int bytes = Math.max(50, (int) (bits / 8 * (key ? 10 : 1)));
        for (int left = bytes; left > 0; left -= PACKET_BYTES) {
            packet(Math.min(PACKET_BYTES, left));
        }
    }

    private void packet(int bytes) {
        int sequence = sent.number(bytes, nowNs);
        long startNs = Math.max(nowNs, freeNs);
        if (startNs - nowNs > queueMs * MS || random.nextDouble() < loss) {
            return;
        }
        freeNs = startNs + bytes * 8L * SECOND / capacityBps;
        longestQueueNs = Math.max(longestQueueNs, startNs - nowNs);
        carriedBits += bytes * 8L;
        long arrivalNs = freeNs + delayMs * MS + (long) (random.nextDouble() * jitterMs * MS);
        lastArrivalNs = Math.max(lastArrivalNs, arrivalNs);
        underway.add(new long[] {sequence, lastArrivalNs});
    }

    /** What the receiver has by now goes back. */
    private void feedback() {
        nextFeedbackNs += FEEDBACK_NS;
        while (!underway.isEmpty() && underway.peek()[1] <= nowNs) {
            long[] packet = underway.remove();
            log.arrived((int) packet[0], (long) (packet[1] * CLOCK) + 77 * SECOND);
        }
        if (log.pending()) {
            log.write(new RtcpWriter(rtcp).receiverReport(1), 1, 2);
            byte[] bytes = new byte[rtcp.length()];
            System.arraycopy(rtcp.buffer(), rtcp.offset(), bytes, 0, bytes.length);
            reports.add(new Object[] {nowNs + delayMs * MS, bytes});
        }
    }

    private void hear() {
        while (!reports.isEmpty() && (long) reports.peek()[0] <= nowNs) {
            byte[] bytes = (byte[]) reports.remove()[1];
            if (reader.read(new Packet(bytes).view(0, bytes.length), this) != RtcpReader.Status.READ) {
                throw new AssertionError("malformed");
            }
        }
    }

    @Override
    public void packetArrived(int sequence, long arrivedNs) {
        if (sent.take(sequence)) {
            controller.arrived(sent.takenNs(), arrivedNs, sent.takenBytes());
        }
    }

    @Override
    public void packetMissing(int sequence) {
        if (sent.take(sequence)) {
            controller.missing();
        }
    }

    @Override
    public void arrivalsEnd() {
        controller.end(2L * delayMs * MS, nowNs);
    }

    /** How long packets wait now. */
    long queueMsNow() {
        return Math.max(0, freeNs - nowNs) / MS;
    }

    /** The longest that a packet waited in the last run. */
    long longestQueueMs() {
        return longestQueueNs / MS;
    }
}
