package org.sipmgw.media.rtp;

/**
 * Makes lost packets of one stream from what came and from parity (RFC 5109, one level). Keeps the newest 256 packets and
 * 16 of parity; one of parity makes one packet where it is the only one missing of those that it covers. Not thread-safe;
 * allocates nothing after construction.
 */
public final class Ulpfec {
    private static final int KEPT = 256;
    private static final int PARITIES = 16;
    private static final int PARITY_BYTES = 1600;
    private static final int HEADER = 10;
    private static final int LONG_MASK = 0x40;
    private static final int FIXED = Packet.FIXED_HEADER;
    private static final int NONE = -1;

    private final PacketHistory media = new PacketHistory(KEPT);
    private final Packet other = new Packet(new byte[PacketPool.ORDINARY]);
    private final byte[] parity = new byte[PARITIES * PARITY_BYTES];
    private final int[] lengths = new int[PARITIES];
    private int ssrc;
    private int next;
    private long recovered;

    /** A packet of the stream has come, as it was sent. */
    public void media(Packet packet) {
        if (packet.ssrc() != ssrc) {
            ssrc = packet.ssrc();
            clear();
        }
        media.store(packet.buffer(), packet.offset(), packet.length());
    }

    /** A packet of parity has come: what is between {@code at} and {@code at + length} in the buffer. */
    public void parity(byte[] buffer, int at, int length) {
        int levelHeader = length > 0 && (buffer[at] & LONG_MASK) != 0 ? 8 : 4;
        if (length <= HEADER + levelHeader || length > PARITY_BYTES || (buffer[at] & 0x80) != 0) {
            return;
        }
        System.arraycopy(buffer, at, parity, next * PARITY_BYTES, length);
        lengths[next] = length;
        next = (next + 1) % PARITIES;
    }

    private void clear() {
        media.clear();
        for (int i = 0; i < PARITIES; i++) {
            lengths[i] = 0;
        }
    }

    /** Makes one lost packet, whose buffer is an ordinary one; false where none can be made. */
    public boolean recover(Packet into) {
        for (int i = 0; i < PARITIES; i++) {
            if (lengths[i] > 0) {
                int missing = missing(i * PARITY_BYTES);
                if (missing == NONE) {
                    lengths[i] = 0;
                } else if (missing >= 0) {
                    int length = lengths[i];
                    lengths[i] = 0;
                    if (make(i * PARITY_BYTES, length, missing, into)) {
                        media.store(into.buffer(), 0, into.length());
                        recovered++;
                        return true;
                    }
                }
            }
        }
        return false;
    }

    /** The only packet that is missing of those covered; {@link #NONE} for no packet, less for several. */
    private int missing(int at) {
        int base = Bytes.uint16(parity, at + 2);
        int only = NONE;
        for (int i = 0; i < maskBits(at); i++) {
            if (covers(at, i) && !media.holds(base + i & 0xFFFF)) {
                if (only != NONE) {
                    return NONE - 1;
                }
                only = base + i & 0xFFFF;
            }
        }
        return only;
    }

    private int maskBits(int at) {
        return (parity[at] & LONG_MASK) != 0 ? 48 : 16;
    }

    private boolean covers(int at, int index) {
        return (parity[at + HEADER + 2 + index / 8] & 0x80 >> index % 8) != 0;
    }

    private boolean make(int at, int parityLength, int missing, Packet into) {
        int start = at + HEADER + 2 + maskBits(at) / 8;
        int covered = Math.min(Bytes.uint16(parity, at + HEADER), parityLength - (start - at));
        byte[] b = into.buffer();
        System.arraycopy(parity, start, b, FIXED, covered);
        int first = parity[at];
        int second = parity[at + 1];
        int timestamp = Bytes.int32(parity, at + 4);
        int length = Bytes.uint16(parity, at + 8);
        int base = Bytes.uint16(parity, at + 2);
        for (int i = 0; i < maskBits(at); i++) {
            int sequence = base + i & 0xFFFF;
            if (covers(at, i) && sequence != missing) {
                if (!media.read(sequence, other)) {
                    return false;
                }
                byte[] from = other.buffer();
                first ^= from[0];
                second ^= from[1];
                timestamp ^= Bytes.int32(from, 4);
                length ^= other.length() - FIXED;
                int shared = Math.min(covered, other.length() - FIXED);
                for (int byteAt = FIXED; byteAt < FIXED + shared; byteAt++) {
                    b[byteAt] ^= from[byteAt];
                }
            }
        }
        if (length > covered) {
            return false; // the rest of it was not protected
        }
        b[0] = (byte) (0x80 | (first & 0x3F));
        b[1] = (byte) second;
        into.view(0, FIXED + length);
        into.sequence(missing);
        into.timestamp(timestamp);
        into.ssrc(ssrc);
        return into.isRtp();
    }

    /** How many were made. */
    public long recovered() {
        return recovered;
    }
}
