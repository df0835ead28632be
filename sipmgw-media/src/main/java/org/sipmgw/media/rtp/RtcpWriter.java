package org.sipmgw.media.rtp;

import java.nio.charset.StandardCharsets;

/** Writes a compound RTCP packet (RFC 3550 section 6, RFC 4585 section 6, RFC 5104 section 4) behind each other. */
public final class RtcpWriter {
    private static final int SR = 200;
    private static final int RR = 201;
    private static final int SDES = 202;
    private static final int BYE = 203;
    private static final int RTPFB = 205;
    private static final int PSFB = 206;
    private static final int HEADER = 4;

    private final Packet packet;
    private int report = -1;

    /** Writes to the start of {@code packet}, which must have room. */
    public RtcpWriter(Packet packet) {
        this.packet = packet;
        packet.view(0, 0);
    }

    /** A sender report; report blocks may follow. */
    public RtcpWriter senderReport(int ssrc, long ntp, int rtpTimestamp, int packets, int octets) {
        report = begin(SR, 0, 24);
        int at = report + HEADER;
        Bytes.int32(packet.buffer(), at, ssrc);
        Bytes.int64(packet.buffer(), at + 4, ntp);
        Bytes.int32(packet.buffer(), at + 12, rtpTimestamp);
        Bytes.int32(packet.buffer(), at + 16, packets);
        Bytes.int32(packet.buffer(), at + 20, octets);
        return this;
    }

    /** A receiver report; report blocks may follow. */
    public RtcpWriter receiverReport(int ssrc) {
        report = begin(RR, 0, 4);
        Bytes.int32(packet.buffer(), report + HEADER, ssrc);
        return this;
    }

    /** A report block of the report just written. */
    public RtcpWriter reportBlock(
            int source, int fraction, int cumulativeLost, int highest, int jitter, int lastSr, int delay) {
        byte[] b = packet.buffer();
        int at = packet.length();
        Bytes.int32(b, at, source);
        b[at + 4] = (byte) fraction;
        Bytes.int24(b, at + 5, cumulativeLost);
        Bytes.int32(b, at + 8, highest);
        Bytes.int32(b, at + 12, jitter);
        Bytes.int32(b, at + 16, lastSr);
        Bytes.int32(b, at + 20, delay);
        packet.length(at + 24);
        b[report]++;
        Bytes.int16(b, report + 2, Bytes.uint16(b, report + 2) + 6);
        return this;
    }

    /** A source description with the canonical name alone. */
    public RtcpWriter canonicalName(int ssrc, String cname) {
        byte[] name = cname.getBytes(StandardCharsets.UTF_8);
        int count = Math.min(name.length, 255);
        // at least one zero octet ends the list, and the chunk fills whole words
        int length = (4 + 2 + count + 4) & ~3;
        int at = begin(SDES, 1, length) + HEADER;
        byte[] b = packet.buffer();
        Bytes.int32(b, at, ssrc);
        b[at + 4] = 1;
        b[at + 5] = (byte) count;
        System.arraycopy(name, 0, b, at + 6, count);
        for (int i = at + 6 + count; i < at + length; i++) {
            b[i] = 0;
        }
        return this;
    }

    /** Goodbye. */
    public RtcpWriter bye(int ssrc) {
        int at = begin(BYE, 1, 4);
        Bytes.int32(packet.buffer(), at + HEADER, ssrc);
        return this;
    }

    /** Picture loss indication. */
    public RtcpWriter pictureLoss(int sender, int media) {
        feedback(PSFB, 1, 0, sender, media);
        return this;
    }

    /** Full intra request with its command sequence number. */
    public RtcpWriter fullIntra(int sender, int media, int sequence) {
        // RFC 5104 section 4.3.1.2: the media source of the header is 0, the entry names it
        int at = feedback(PSFB, 4, 8, sender, 0);
        Bytes.int32(packet.buffer(), at, media);
        Bytes.int32(packet.buffer(), at + 4, sequence << 24);
        return this;
    }

    /** Generic NACK of {@code first} and of those behind it whose bit is set. */
    public RtcpWriter nack(int sender, int media, int first, int following) {
        int at = feedback(RTPFB, 1, 4, sender, media);
        Bytes.int16(packet.buffer(), at, first);
        Bytes.int16(packet.buffer(), at + 2, following);
        return this;
    }

    /** Temporary maximum media stream bitrate request with one entry. */
    public RtcpWriter bitrateRequest(int sender, int media, int entry) {
        int at = feedback(RTPFB, 3, 8, sender, 0);
        Bytes.int32(packet.buffer(), at, media);
        Bytes.int32(packet.buffer(), at + 4, entry);
        return this;
    }

    /** Receiver estimated maximum bitrate of one stream (draft-alvestrand-rmcat-remb-03 section 2.2). */
    public RtcpWriter estimatedBitrate(int sender, int media, long bitrateBps) {
        int at = feedback(PSFB, 15, 12, sender, 0);
        int exponent = Math.max(0, 64 - Long.numberOfLeadingZeros(bitrateBps) - 18);
        Bytes.int32(packet.buffer(), at, 0x52454D42);
        Bytes.int32(packet.buffer(), at + 4, (1 << 24) | (exponent << 18) | (int) (bitrateBps >> exponent));
        Bytes.int32(packet.buffer(), at + 8, media);
        return this;
    }

    /** An entry of RFC 5104 section 4.2.1.1: the bitrate rounded down, and the bytes of headers of each packet. */
    public static int bitrateEntry(long bitrateBps, int overheadBytes) {
        int exponent = Math.max(0, 64 - Long.numberOfLeadingZeros(bitrateBps) - 17);
        return (exponent << 26) | ((int) (bitrateBps >> exponent) << 9) | overheadBytes;
    }

    /** Temporary maximum media stream bitrate notification with one entry, exponent and mantissa as they were asked. */
    public RtcpWriter bitrateNotification(int sender, int owner, int entry) {
        int at = feedback(RTPFB, 4, 8, sender, 0);
        Bytes.int32(packet.buffer(), at, owner);
        Bytes.int32(packet.buffer(), at + 4, entry);
        return this;
    }

    /** Begins transport-wide feedback; chunks, then deltas follow. */
    void transportFeedback(int sender, int media, int base, int count, int reference, int feedbackCount) {
        report = feedback(RTPFB, 15, 8, sender, media) - 12;
        int at = report + 12;
        Bytes.int16(packet.buffer(), at, base);
        Bytes.int16(packet.buffer(), at + 2, count);
        Bytes.int24(packet.buffer(), at + 4, reference);
        packet.buffer()[at + 7] = (byte) feedbackCount;
    }

    /** Which of the next packets came. */
    void statusChunk(int chunk) {
        Bytes.int16(packet.buffer(), packet.length(), chunk);
        packet.length(packet.length() + 2);
    }

    /** How long after the one before a packet came, in {@code bytes} bytes. */
    void arrivalDelta(int ticks, int bytes) {
        int at = packet.length();
        if (bytes == 1) {
            packet.buffer()[at] = (byte) ticks;
        } else {
            Bytes.int16(packet.buffer(), at, ticks);
        }
        packet.length(at + bytes);
    }

    /** Fills the last word. */
    void endTransportFeedback() {
        int length = packet.length();
        while ((length - report) % 4 != 0) {
            packet.buffer()[length++] = 0;
        }
        packet.length(length);
        Bytes.int16(packet.buffer(), report + 2, (length - report) / 4 - 1);
    }

    private int feedback(int type, int format, int length, int sender, int media) {
        int at = begin(type, format, 8 + length) + HEADER;
        Bytes.int32(packet.buffer(), at, sender);
        Bytes.int32(packet.buffer(), at + 4, media);
        return at + 8;
    }

    private int begin(int type, int count, int length) {
        int at = packet.length();
        packet.buffer()[at] = (byte) (0x80 | count);
        packet.buffer()[at + 1] = (byte) type;
        Bytes.int16(packet.buffer(), at + 2, length / 4);
        packet.length(at + HEADER + length);
        return at;
    }
}
