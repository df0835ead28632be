package org.sipmgw.media.h264;

/** Finds the start codes of a byte stream (H.264 annex B), which no NAL unit may contain. */
final class StartCodes {
    private StartCodes() {}

    /** Index of the first of the three bytes 0 0 1; {@code end} where there is none. */
    static int next(byte[] b, int from, int end) {
        int at = from + 2;
        while (at < end) {
            int value = b[at];
            if (value > 1 || value < 0) {
                at += 3;
            } else if (value == 0) {
                at++;
            } else if (b[at - 1] == 0 && b[at - 2] == 0) {
                return at - 2;
            } else {
                at += 3;
            }
        }
        return end;
    }
}
