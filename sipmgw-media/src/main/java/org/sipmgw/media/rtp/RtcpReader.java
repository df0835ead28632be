package org.sipmgw.media.rtp;

import org.jitsi.impl.neomedia.rtcp.NACKPacket;
import org.jitsi.impl.neomedia.rtcp.RTCPREMBPacket;

/**
 * Reads compound RTCP packets (RFC 3550 section 6, RFC 4585, RFC 5104). The whole packet is checked first (appendix
 * A.2, but any type may come first, RFC 5506): what is malformed says nothing at all. Unknown types are skipped.
 */
public final class RtcpReader {
    private final RtcpView view = new RtcpView();
    private final TransportFeedback arrivals = new TransportFeedback();

    /** What a packet was. */
    public enum Status {
        READ,
        MALFORMED
    }

    /** Reads a packet and tells {@code handler}. */
    public Status read(Packet packet, RtcpHandler handler) {
        byte[] b = packet.buffer();
        int end = packet.offset() + packet.length();
        if (!wellFormed(b, packet.offset(), end)) {
            return Status.MALFORMED;
        }
        for (int at = packet.offset(); at < end; at += length(b, at)) {
            int to = at + length(b, at);
            if ((b[at] & 0x20) != 0) {
                to -= b[to - 1] & 0xFF;
            }
            one(b, at, to, handler);
        }
        return Status.READ;
    }

    /** The SSRC that a well-formed packet is of, which its first part names; 0 where that names none. */
    public static int sender(Packet packet) {
        return packet.length() < 8 ? 0 : Bytes.int32(packet.buffer(), packet.offset() + 4);
    }

    private static boolean wellFormed(byte[] b, int from, int end) {
        int at = from;
        while (end - at >= 4) {
            int length = length(b, at);
            boolean padded = (b[at] & 0x20) != 0;
            boolean last = at + length == end;
            if ((b[at] & 0xC0) != 0x80 || at + length > end || (padded && !last)) {
                return false;
            }
            if (padded && ((b[end - 1] & 0xFF) > length - 4 || (b[end - 1] & 0xFF) == 0)) {
                return false;
            }
            at += length;
        }
        return at == end && end > from;
    }

    private static int length(byte[] b, int at) {
        return 4 * (Bytes.uint16(b, at + 2) + 1);
    }

    private void one(byte[] b, int at, int end, RtcpHandler handler) {
        int count = b[at] & 0x1F;
        switch (b[at + 1] & 0xFF) {
            case 200 -> {
                if (end - at >= 28) {
                    long ntp = (Bytes.uint32(b, at + 8) << 32) | Bytes.uint32(b, at + 12);
                    handler.senderReport(Bytes.int32(b, at + 4), ntp, Bytes.int32(b, at + 16));
                    blocks(b, at + 28, end, count, handler);
                }
            }
            case 201 -> blocks(b, at + 8, end, count, handler);
            case 203 -> {
                for (int i = 0; i < count && at + 8 + 4 * i <= end; i++) {
                    handler.bye(Bytes.int32(b, at + 4 + 4 * i));
                }
            }
            case 205 -> transportFeedback(b, at, end, count, handler);
            case 206 -> payloadFeedback(b, at, end, count, handler);
            default -> {}
        }
    }

    private static void blocks(byte[] b, int from, int end, int count, RtcpHandler handler) {
        for (int i = 0, at = from; i < count && at + 24 <= end; i++, at += 24) {
            int cumulative = Bytes.uint24(b, at + 5) << 8 >> 8;
            handler.reportBlock(
                    Bytes.int32(b, at),
                    b[at + 4] & 0xFF,
                    cumulative,
                    Bytes.int32(b, at + 12),
                    Bytes.int32(b, at + 16),
                    Bytes.int32(b, at + 20));
        }
    }

    private void transportFeedback(byte[] b, int at, int end, int format, RtcpHandler handler) {
        if (end - at < 16) {
            return;
        }
        int sender = Bytes.int32(b, at + 4);
        int media = Bytes.int32(b, at + 8);
        if (format == 1) {
            for (Integer missing : NACKPacket.getLostPackets(view.of(b, at, end - at))) {
                handler.missing(media, missing);
            }
        } else if (format == 3) {
            for (int entry = at + 12; entry + 8 <= end; entry += 8) {
                int value = Bytes.int32(b, entry + 4);
                handler.bitrateRequest(sender, Bytes.int32(b, entry), value, bitrateBps(value));
            }
        } else if (format == 15) {
            arrivals.read(b, at, end, handler);
        }
    }

    /** RFC 5104 section 4.2.1.1: 6 bits of exponent, 17 of mantissa, 9 of overhead. */
    static long bitrateBps(int entry) {
        int exponent = entry >>> 26;
        int mantissa = (entry >>> 9) & 0x1_FFFF;
        return exponent > 40 ? Long.MAX_VALUE : (long) mantissa << exponent;
    }

    private void payloadFeedback(byte[] b, int at, int end, int format, RtcpHandler handler) {
        if (end - at < 12) {
            return;
        }
        if (format == 1) {
            handler.pictureLoss(Bytes.int32(b, at + 8));
        } else if (format == 4) {
            for (int entry = at + 12; entry + 8 <= end; entry += 8) {
                handler.fullIntra(Bytes.int32(b, entry), b[entry + 4] & 0xFF);
            }
        } else if (end - at >= 20 && RTCPREMBPacket.isREMBPacket(view.of(b, at, end - at))) {
            int exponent = (b[at + 17] & 0xFF) >>> 2;
            int mantissa = Bytes.uint24(b, at + 17) & 0x3_FFFF;
            handler.estimatedBitrate(exponent > 40 ? Long.MAX_VALUE : (long) mantissa << exponent);
        }
    }
}
