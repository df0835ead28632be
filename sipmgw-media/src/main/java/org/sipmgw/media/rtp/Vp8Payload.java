package org.sipmgw.media.rtp;

/** Reads the payload descriptor of VP8 (RFC 7741 section 4.2) and the header of a key frame (section 4.3). */
public final class Vp8Payload {
    private int width;
    private int height;

    /** Whether the packet starts a key frame; then {@link #width()} and {@link #height()} are its size. */
    public boolean isKeyFrame(byte[] b, int offset, int length) {
        int end = offset + length;
        if (length < 1) {
            return false;
        }
        int first = b[offset];
        boolean start = (first & 0x10) != 0 && (first & 0x0F) == 0;
        int at = offset + 1;
        if ((first & 0x80) != 0) {
            if (at >= end) {
                return false;
            }
            int extensions = b[at++];
            if ((extensions & 0x80) != 0 && at < end) {
                at += (b[at] & 0x80) != 0 ? 2 : 1;
            }
            if ((extensions & 0x40) != 0) {
                at++;
            }
            if ((extensions & 0x30) != 0) {
                at++;
            }
        }
        boolean keyFrame = start && at + 10 <= end && (b[at] & 1) == 0;
        if (!keyFrame || b[at + 3] != (byte) 0x9D || b[at + 4] != 1 || b[at + 5] != 0x2A) {
            return false;
        }
        width = (b[at + 6] & 0xFF) | ((b[at + 7] & 0x3F) << 8);
        height = (b[at + 8] & 0xFF) | ((b[at + 9] & 0x3F) << 8);
        return true;
    }

    /** Of the newest key frame, pixels. */
    public int width() {
        return width;
    }

    /** Of the newest key frame, pixels. */
    public int height() {
        return height;
    }
}
