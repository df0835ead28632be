package org.sipmgw.media.rtp;

import org.jspecify.annotations.Nullable;

/**
 * Reads the message that tells when each packet of a transport came
 * (draft-holmer-rmcat-transport-wide-cc-extensions-01 section 3.1). Malformed ones say nothing at all.
 */
final class TransportFeedback {
    private static final int HEADER = 20;
    /** More packets than that nobody remembers: a short message must not be long work. */
    private static final int MOST_TOLD = 2048;

    private static final int TICK_NS = 250_000;
    private static final long REFERENCE_NS = 64_000_000L;
    private static final int SMALL = 1;
    private static final int LARGE = 2;

    private byte[] b = {};
    private int end;
    private int chunk;
    private int count;

    /** Tells {@code handler} of the message from {@code from} to {@code to}, its RTCP header included. */
    boolean read(byte[] buffer, int from, int to, RtcpHandler handler) {
        if (to - from < HEADER) {
            return false;
        }
        b = buffer;
        end = to;
        chunk = from + HEADER;
        count = Bytes.uint16(b, from + 14);
        int deltas = count > MOST_TOLD ? -1 : deltasAt();
        if (deltas < 0 || walk(deltas, 0, 0, null) < 0) {
            return false;
        }
        long reference = Bytes.uint24(b, from + 16) * REFERENCE_NS;
        walk(deltas, Bytes.uint16(b, from + 12), reference, handler);
        handler.arrivalsEnd();
        return true;
    }

    /** Where the chunks end and the deltas begin; -1 where there are too few chunks. */
    private int deltasAt() {
        int at = chunk;
        for (int told = 0; told < count; at += 2) {
            if (at + 2 > end) {
                return -1;
            }
            int symbols = symbols(Bytes.uint16(b, at));
            if (symbols == 0) {
                return -1;
            }
            told += symbols;
        }
        return at;
    }

    private static int symbols(int chunk) {
        if ((chunk & 0x8000) == 0) {
            return chunk & 0x1FFF;
        }
        return (chunk & 0x4000) == 0 ? 14 : 7;
    }

    private static int symbol(int chunk, int index) {
        if ((chunk & 0x8000) == 0) {
            return chunk >> 13 & 3;
        }
        return (chunk & 0x4000) == 0 ? chunk >> (13 - index) & 1 : chunk >> (12 - 2 * index) & 3;
    }

    /** Goes through all packets; -1 where deltas are missing or a symbol means nothing. */
    private int walk(int deltas, int base, long reference, @Nullable RtcpHandler handler) {
        int at = deltas;
        int told = 0;
        long arrived = reference;
        for (int next = chunk; told < count; next += 2) {
            int word = Bytes.uint16(b, next);
            int symbols = Math.min(symbols(word), count - told);
            for (int i = 0; i < symbols; i++, told++) {
                int symbol = symbol(word, i);
                if (symbol > LARGE || at + symbol > end) {
                    return -1;
                }
                if (symbol == SMALL) {
                    arrived += (b[at] & 0xFF) * (long) TICK_NS;
                } else if (symbol == LARGE) {
                    arrived += (short) Bytes.uint16(b, at) * (long) TICK_NS;
                }
                at += symbol;
                if (handler != null) {
                    tell(base + told & 0xFFFF, symbol != 0, arrived, handler);
                }
            }
        }
        return at;
    }

    private static void tell(int sequence, boolean came, long arrivedNs, RtcpHandler handler) {
        if (came) {
            handler.packetArrived(sequence, arrivedNs);
        } else {
            handler.packetMissing(sequence);
        }
    }
}
