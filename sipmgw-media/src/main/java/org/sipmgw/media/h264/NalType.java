package org.sipmgw.media.h264;

/** NAL unit and packet types (RFC 6184 section 5.2, H.264 table 7-1). */
final class NalType {
    static final int SLICE = 1;
    static final int IDR_SLICE = 5;
    static final int SEQUENCE_PARAMETERS = 7;
    static final int PICTURE_PARAMETERS = 8;
    static final int STAP_A = 24;
    static final int FU_A = 28;

    private NalType() {}

    static int of(byte header) {
        return header & 0x1F;
    }

    /** A NAL unit by itself: what the video layer defines. */
    static boolean isSingle(int type) {
        return type >= 1 && type <= 23;
    }
}
