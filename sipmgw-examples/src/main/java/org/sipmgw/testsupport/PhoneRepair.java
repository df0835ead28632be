package org.sipmgw.testsupport;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * What a good room system does about losses of one stream: resends what it is asked for, asks for what it misses, and
 * reports once a second. Thread-safe.
 */
final class PhoneRepair implements AutoCloseable {

    private static final int OWN_SSRC = 0x50484f4e;
    private static final String CNAME = "phone@sipmgw.test";
    private static final int KEPT = 1024;
    private static final long MS = 1_000_000L;
    private static final long RETRY_NS = 70 * MS;
    private static final long PATIENCE_NS = 700 * MS;
    private static final long REPORT_NS = 1_000 * MS;
    private static final int NACK = 1;

    private final RtpPort port;
    private final Supplier<InetSocketAddress> media;
    private final Supplier<InetSocketAddress> reports;
    private final boolean asks;
    private final Map<Integer, byte[]> sent = new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Integer, byte[]> eldest) {
            return size() > KEPT;
        }
    };
    /** Extended numbers that are missing: when missed, when asked for. */
    private final TreeMap<Long, long[]> missing = new TreeMap<>();

    private final Thread thread;
    private int ssrc;
    private boolean started;
    private long highest;
    private long base;
    private long received;
    private long expectedBefore;
    private long receivedBefore;
    private int lastReport;
    private long lastReportNs;
    private long resent;
    private volatile boolean closed;

    /** @param asks whether it asks for what it misses */
    PhoneRepair(RtpPort port, Supplier<InetSocketAddress> media, Supplier<InetSocketAddress> reports, boolean asks) {
        this.port = port;
        this.media = media;
        this.reports = reports;
        this.asks = asks;
        port.relay(this::arrived);
        thread = new Thread(this::run, "phone-repair");
        thread.setDaemon(true);
        thread.start();
    }

    /** A packet of ours was sent. */
    synchronized void sent(byte[] packet) {
        sent.put(ByteBuffer.wrap(packet).getShort(2) & 0xFFFF, packet);
    }

    /** Packets that were resent. */
    synchronized long resent() {
        return resent;
    }

    private synchronized void arrived(boolean reportPort, byte[] buffer, int length) {
        long nowNs = System.nanoTime();
        if (RtpPacket.isRtcp(buffer, length)) {
            Rtcp.parse(nowNs, buffer, length).forEach(this::control);
        } else if (RtpPacket.isRtp(buffer, length)) {
            count(ByteBuffer.wrap(buffer), nowNs);
        }
    }

    private void control(Rtcp.Item item) {
        if (item.type() == Rtcp.SENDER_REPORT) {
            lastReport = (int) (ByteBuffer.wrap(item.bytes()).getLong(8) >>> 16);
            lastReportNs = item.arrivalNs();
        } else if (item.type() == Rtcp.TRANSPORT_FEEDBACK && item.format() == NACK) {
            ByteBuffer entries = ByteBuffer.wrap(item.bytes(), 12, item.bytes().length - 12);
            while (entries.remaining() >= 4) {
                int first = entries.getShort() & 0xFFFF;
                int following = entries.getShort() & 0xFFFF;
                resend(first);
                for (int bit = 0; bit < 16; bit++) {
                    if ((following & 1 << bit) != 0) {
                        resend(first + bit + 1 & 0xFFFF);
                    }
                }
            }
        }
    }

    private void resend(int sequence) {
        byte[] packet = sent.get(sequence);
        if (packet != null) {
            resent++;
            port.send(packet, media.get());
        }
    }

    private void count(ByteBuffer packet, long nowNs) {
        int sequence = packet.getShort(2) & 0xFFFF;
        if (!started || packet.getInt(8) != ssrc) {
            started = true;
            ssrc = packet.getInt(8);
            highest = sequence;
            base = sequence;
            received = 0;
            expectedBefore = 0;
            receivedBefore = 0;
            missing.clear();
        }
        long index = highest + (short) (sequence - (int) highest);
        for (long next = highest + 1; next < index; next++) {
            missing.put(next, new long[] {nowNs, 0});
        }
        received += index > highest || missing.remove(index) != null || index == base ? 1 : 0;
        highest = Math.max(highest, index);
    }

    private void run() {
        long nextReportNs = System.nanoTime() + REPORT_NS;
        while (!closed) {
            try {
                Thread.sleep(10);
            } catch (InterruptedException e) {
                return;
            }
            long nowNs = System.nanoTime();
            ask(nowNs);
            if (nowNs >= nextReportNs) {
                nextReportNs = nowNs + REPORT_NS;
                report(nowNs);
            }
        }
    }

    private synchronized void ask(long nowNs) {
        missing.values().removeIf(times -> nowNs - times[0] > PATIENCE_NS);
        if (!asks) {
            return;
        }
        missing.forEach((index, times) -> {
            if (nowNs - times[1] > RETRY_NS) {
                times[1] = nowNs;
                port.sendReport(Rtcp.nack(OWN_SSRC, ssrc, (int) (index & 0xFFFF), CNAME), reports.get());
            }
        });
    }

    private synchronized void report(long nowNs) {
        if (!started) {
            return;
        }
        long expected = highest - base + 1;
        long interval = expected - expectedBefore;
        long lost = interval - (received - receivedBefore);
        expectedBefore = expected;
        receivedBefore = received;
        int fraction = interval <= 0 || lost <= 0 ? 0 : (int) Math.min(255, lost * 256 / interval);
        int delay = lastReport == 0 ? 0 : (int) ((nowNs - lastReportNs) / 1000 * 65_536 / 1_000_000);
        byte[] report = Rtcp.receiverReport(
                OWN_SSRC,
                new Rtcp.Block(ssrc, fraction, (int) (expected - received), (int) highest, lastReport, delay),
                CNAME);
        port.sendReport(report, reports.get());
    }

    @Override
    public void close() {
        closed = true;
        thread.interrupt();
    }
}
