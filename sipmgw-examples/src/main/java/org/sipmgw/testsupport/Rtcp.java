package org.sipmgw.testsupport;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** RTCP as a test needs it (RFC 3550 section 6, RFC 4585, RFC 5104). */
public final class Rtcp {

    /** Sender report. */
    public static final int SENDER_REPORT = 200;

    /** Receiver report. */
    public static final int RECEIVER_REPORT = 201;

    /** Source description. */
    public static final int SOURCE_DESCRIPTION = 202;

    /** End of a source. */
    public static final int BYE = 203;

    /** Feedback for transport: NACK, TMMBR. */
    public static final int TRANSPORT_FEEDBACK = 205;

    /** Feedback for payload: PLI, FIR. */
    public static final int PAYLOAD_FEEDBACK = 206;

    private static final int PLI = 1;
    private static final int FIR = 4;
    private static final long UNIX_TO_NTP_SECONDS = 2_208_988_800L;

    /**
     * One packet of a compound.
     *
     * @param arrivalNs when it arrived
     * @param type packet type
     * @param format feedback message type, or a count
     * @param bytes all of it
     */
    @SuppressWarnings("ArrayRecordComponent") // a holder, never compared
    public record Item(long arrivalNs, int type, int format, byte[] bytes) {

        /** Whether a key frame is asked for. */
        public boolean asksForKeyFrame() {
            return type == PAYLOAD_FEEDBACK && (format == PLI || format == FIR);
        }

        /** Source of the sender. */
        public int ssrc() {
            return ByteBuffer.wrap(bytes).getInt(4);
        }

        /** NTP time of a sender report in nanoseconds since 1900. */
        public long ntpNs() {
            ByteBuffer b = ByteBuffer.wrap(bytes);
            long fraction = b.getInt(12) & 0xFFFFFFFFL;
            return (b.getInt(8) & 0xFFFFFFFFL) * 1_000_000_000L + ((fraction * 1_000_000_000L) >>> 32);
        }

        /** RTP timestamp of a sender report. */
        public long rtpTimestamp() {
            return ByteBuffer.wrap(bytes).getInt(16) & 0xFFFFFFFFL;
        }
    }

    private Rtcp() {}

    static List<Item> parse(long nowNs, byte[] datagram, int length) {
        List<Item> items = new ArrayList<>();
        int at = 0;
        while (at + 4 <= length) {
            int size = 4 * ((ByteBuffer.wrap(datagram).getShort(at + 2) & 0xFFFF) + 1);
            if (at + size > length || size < 8) {
                return items;
            }
            byte[] bytes = java.util.Arrays.copyOfRange(datagram, at, at + size);
            items.add(new Item(nowNs, bytes[1] & 255, bytes[0] & 31, bytes));
            at += size;
        }
        return items;
    }

    static byte[] senderReport(int ssrc, long unixNs, int rtpTimestamp, long packets, long bytes, String cname) {
        byte[] description = description(ssrc, cname);
        ByteBuffer b = ByteBuffer.allocate(28 + description.length);
        b.put((byte) 0x80).put((byte) SENDER_REPORT).putShort((short) 6).putInt(ssrc);
        b.putInt((int) (unixNs / 1_000_000_000 + UNIX_TO_NTP_SECONDS));
        b.putInt((int) ((unixNs % 1_000_000_000 << 32) / 1_000_000_000));
        b.putInt(rtpTimestamp).putInt((int) packets).putInt((int) bytes).put(description);
        return b.array();
    }

    static byte[] pli(int ssrc, int media, String cname) {
        return feedback(PAYLOAD_FEEDBACK, ssrc, PLI, media, new byte[0], cname);
    }

    static byte[] fir(int ssrc, int media, int number, String cname) {
        byte[] entry = ByteBuffer.allocate(8).putInt(media).put((byte) number).array();
        return feedback(PAYLOAD_FEEDBACK, ssrc, FIR, 0, entry, cname);
    }

    /** A generic NACK of one packet. */
    static byte[] nack(int ssrc, int media, int sequence, String cname) {
        byte[] entry = ByteBuffer.allocate(4).putShort((short) sequence).array();
        return feedback(TRANSPORT_FEEDBACK, ssrc, 1, media, entry, cname);
    }

    /** A request to send no more than {@code bitrateBps} (TMMBR). */
    static byte[] bitrateRequest(int ssrc, int media, int bitrateBps, String cname) {
        int exponent = Math.max(0, 32 - Integer.numberOfLeadingZeros(bitrateBps) - 17);
        int entry = exponent << 26 | (bitrateBps >> exponent) << 9 | 40;
        byte[] control = ByteBuffer.allocate(8).putInt(media).putInt(entry).array();
        return feedback(TRANSPORT_FEEDBACK, ssrc, 3, 0, control, cname);
    }

    /** What a receiver report says of one source. */
    record Block(int source, int fractionLost, int lost, int highest, int lastReport, int delay) {}

    /** A receiver report of one source. */
    static byte[] receiverReport(int ssrc, Block block, String cname) {
        byte[] description = description(ssrc, cname);
        ByteBuffer b = ByteBuffer.allocate(32 + description.length);
        b.put((byte) 0x81).put((byte) RECEIVER_REPORT).putShort((short) 7).putInt(ssrc);
        b.putInt(block.source).putInt(block.fractionLost << 24 | (block.lost & 0xFFFFFF));
        b.putInt(block.highest).putInt(0).putInt(block.lastReport).putInt(block.delay);
        return b.put(description).array();
    }

    private static byte[] feedback(int type, int ssrc, int format, int media, byte[] control, String cname) {
        byte[] description = description(ssrc, cname);
        ByteBuffer b = ByteBuffer.allocate(8 + description.length + 12 + control.length);
        b.put((byte) 0x80)
                .put((byte) RECEIVER_REPORT)
                .putShort((short) 1)
                .putInt(ssrc)
                .put(description);
        b.put((byte) (0x80 | format)).put((byte) type).putShort((short) (2 + control.length / 4));
        b.putInt(ssrc).putInt(media).put(control);
        return b.array();
    }

    private static byte[] description(int ssrc, String cname) {
        byte[] name = cname.getBytes(StandardCharsets.UTF_8);
        int chunk = (4 + 2 + name.length + 1 + 3) / 4 * 4;
        ByteBuffer b = ByteBuffer.allocate(4 + chunk);
        b.put((byte) 0x81)
                .put((byte) SOURCE_DESCRIPTION)
                .putShort((short) (chunk / 4))
                .putInt(ssrc);
        b.put((byte) 1).put((byte) name.length).put(name);
        return b.array();
    }
}
