package org.sipmgw.media.h264;

/** Aggregation packets (STAP-A, RFC 6184 section 5.7.1): whether one is sound, and how to make one that is. */
final class Aggregates {
    private byte[] out = {};
    private int at;
    private int units;
    private int onlyAt;

    /** Whether every unit fits, is not empty and may stand here. */
    boolean isSound(byte[] b, int offset, int length) {
        int end = offset + length;
        int next = offset + 1;
        if (next == end) {
            return false;
        }
        while (next < end) {
            int size = end - next < 2 ? 0 : size(b, next);
            if (size == 0 || next + 2 + size > end || !mayStand(b[next + 2])) {
                return false;
            }
            next += 2 + size;
        }
        return true;
    }

    /**
     * Collects the usable units of a broken aggregate or of a byte stream; one alone stands by itself.
     *
     * @return the length written, 0 where nothing is usable; at most three more than {@code length}
     */
    int rebuild(byte[] b, int offset, int length, byte[] target, int targetOffset) {
        out = target;
        at = targetOffset + 1;
        units = 0;
        target[targetOffset] = 0x60 | NalType.STAP_A;
        if (NalType.of(b[offset]) == NalType.STAP_A) {
            fromAggregate(b, offset + 1, offset + length);
        } else {
            fromByteStream(b, offset, offset + length);
        }
        if (units == 1) {
            System.arraycopy(target, onlyAt, target, targetOffset, at - onlyAt);
            return at - onlyAt;
        }
        return units == 0 ? 0 : at - targetOffset;
    }

    private void fromAggregate(byte[] b, int from, int end) {
        int next = from;
        while (end - next > 2) {
            int size = size(b, next);
            if (next + 2 + size > end) {
                return;
            }
            add(b, next + 2, size);
            next += 2 + size;
        }
    }

    private void fromByteStream(byte[] b, int from, int end) {
        int start = from;
        while (start < end) {
            int code = StartCodes.next(b, start, end);
            int stop = code;
            while (stop > start && b[stop - 1] == 0 && code < end) {
                stop--;
            }
            add(b, start, stop - start);
            start = code + 3;
        }
    }

    private void add(byte[] b, int from, int size) {
        if (size == 0 || !mayStand(b[from])) {
            return;
        }
        out[at] = (byte) (size >> 8);
        out[at + 1] = (byte) size;
        System.arraycopy(b, from, out, at + 2, size);
        onlyAt = at + 2;
        at += 2 + size;
        units++;
    }

    private static int size(byte[] b, int at) {
        return ((b[at] & 0xFF) << 8) | (b[at + 1] & 0xFF);
    }

    private static boolean mayStand(byte header) {
        return header >= 0 && NalType.isSingle(NalType.of(header));
    }
}
