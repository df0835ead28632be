package org.sipmgw.media.capture;

/** Tells whether an RTP packet of our own making begins a key frame: H.264 (RFC 6184), VP8 (RFC 7741). Stateless. */
enum KeyFrameDetector {
    H264 {
        @Override
        boolean begins(byte[] packet, int at, int length) {
            int type = packet[at] & 0x1f;
            if (type != FU_A) {
                return type == IDR && firstSlice(packet[at + 1]);
            }
            return length > at + 2
                    && (packet[at + 1] & 0x80) != 0
                    && (packet[at + 1] & 0x1f) == IDR
                    && firstSlice(packet[at + 2]);
        }
    },
    VP8 {
        @Override
        boolean begins(byte[] packet, int at, int length) {
            int payload = at + 1;
            if ((packet[at] & 0x80) != 0) {
                int extensions = packet[at + 1];
                payload++;
                if ((extensions & 0x80) != 0) {
                    payload += (packet[payload] & 0x80) != 0 ? 2 : 1;
                }
                payload += (extensions & 0x40) != 0 ? 1 : 0;
                payload += (extensions & 0x30) != 0 ? 1 : 0;
            }
            boolean start = (packet[at] & 0x1f) == 0x10;
            return start && payload < length && (packet[payload] & 1) == 0;
        }
    };

    private static final int HEADER_BYTES = 12;
    private static final int IDR = 5;
    private static final int FU_A = 28;

    abstract boolean begins(byte[] packet, int at, int length);

    boolean keyFrame(byte[] packet, int length) {
        return length > HEADER_BYTES + 1 && begins(packet, HEADER_BYTES, length);
    }

    /** {@code first_mb_in_slice} is 0, which Exp-Golomb writes as a single 1. */
    private static boolean firstSlice(byte sliceHeader) {
        return (sliceHeader & 0x80) != 0;
    }
}
