package org.sipmgw.media.h264;

import java.util.Base64;

/**
 * The newest parameter sets of a stream, kept to be put before key frames that come without them. Sets come in band or
 * from the description (sprop-parameter-sets, RFC 6184 section 8.1). One sequence set and up to four picture sets, as
 * conference devices send. Allocates nothing once made.
 */
final class ParameterSets {
    private static final int MAX_LENGTH = 256;
    private static final int MAX_PICTURE_LENGTH = 128;
    private static final int MAX_PICTURE_SETS = 4;

    private final byte[] sequence = new byte[MAX_LENGTH];
    private final byte[][] pictures = new byte[MAX_PICTURE_SETS][MAX_PICTURE_LENGTH];
    private final int[] pictureLengths = new int[MAX_PICTURE_SETS];
    private final int[] pictureIds = new int[MAX_PICTURE_SETS];
    private final BitReader bits = new BitReader();
    private int sequenceLength;
    private int pictureCount;
    private int oldest;

    /** Keeps a sequence parameter set. */
    void sequence(byte[] b, int offset, int length) {
        if (length <= MAX_LENGTH) {
            System.arraycopy(b, offset, sequence, 0, length);
            sequenceLength = length;
        }
    }

    /** Keeps a picture parameter set in place of the one with its identifier. */
    void picture(byte[] b, int offset, int length) {
        if (length > MAX_PICTURE_LENGTH || length < 2) {
            return;
        }
        int id = bits.on(b, offset + 1, length - 1).unsigned();
        int slot = 0;
        while (slot < pictureCount && pictureIds[slot] != id) {
            slot++;
        }
        if (slot == MAX_PICTURE_SETS) {
            slot = oldest;
            oldest = (oldest + 1) % MAX_PICTURE_SETS;
        }
        pictureCount = Math.max(pictureCount, slot + 1);
        pictureIds[slot] = id;
        System.arraycopy(b, offset, pictures[slot], 0, length);
        pictureLengths[slot] = length;
    }

    /** Takes the value of sprop-parameter-sets; what is not base64 is left out. */
    void describe(String sprop) {
        for (String set : sprop.split(",", -1)) {
            try {
                byte[] nal = Base64.getDecoder().decode(set.trim());
                if (nal.length > 1 && NalType.of(nal[0]) == NalType.SEQUENCE_PARAMETERS) {
                    sequence(nal, 0, nal.length);
                } else if (nal.length > 1 && NalType.of(nal[0]) == NalType.PICTURE_PARAMETERS) {
                    picture(nal, 0, nal.length);
                }
            } catch (IllegalArgumentException e) {
                // the other side's mistake: its key frames will have to bring their own
            }
        }
    }

    /** Whether there is what a key frame needs. */
    boolean complete() {
        return sequenceLength > 0 && pictureCount > 0;
    }

    void clear() {
        sequenceLength = 0;
        pictureCount = 0;
    }

    /** Writes all of them as one STAP-A (RFC 6184 section 5.7.1); returns its length. */
    int aggregate(byte[] out, int offset) {
        out[offset] = 0x60 | NalType.STAP_A;
        int at = put(out, offset + 1, sequence, sequenceLength);
        for (int i = 0; i < pictureCount; i++) {
            at = put(out, at, pictures[i], pictureLengths[i]);
        }
        return at - offset;
    }

    private static int put(byte[] out, int at, byte[] nal, int length) {
        out[at] = (byte) (length >> 8);
        out[at + 1] = (byte) length;
        System.arraycopy(nal, 0, out, at + 2, length);
        return at + 2 + length;
    }
}
