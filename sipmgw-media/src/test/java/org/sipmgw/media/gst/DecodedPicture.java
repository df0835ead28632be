package org.sipmgw.media.gst;

/**
 * One decoded picture, 4:2:0: a full plane of luma, then two quarter planes of chroma.
 *
 * @param width pixels
 * @param height pixels
 * @param rtpTimestamp of the packets it came in
 * @param decodedNs {@link System#nanoTime()} when it was decoded
 * @param i420 the planes; valid until the listener returns, then overwritten: {@link #copy()} to keep it
 */
public record DecodedPicture(int width, int height, int rtpTimestamp, long decodedNs, byte[] i420) {

    /** Brightness of a pixel, 0 to 255 (16 to 235 in ordinary video). */
    public int luma(int x, int y) {
        return i420[y * stride() + x] & 0xff;
    }

    /** Blue difference at a pixel, 128 is none. */
    public int cb(int x, int y) {
        return i420[stride() * evenHeight() + y / 2 * chromaStride() + x / 2] & 0xff;
    }

    /** Red difference at a pixel, 128 is none. */
    public int cr(int x, int y) {
        return i420[stride() * evenHeight() + chromaStride() * evenHeight() / 2 + y / 2 * chromaStride() + x / 2]
                & 0xff;
    }

    /** Bytes from one line of luma to the next. */
    public int stride() {
        return width + 3 & ~3;
    }

    /** A picture of its own memory. */
    public DecodedPicture copy() {
        return new DecodedPicture(width, height, rtpTimestamp, decodedNs, i420.clone());
    }

    private int evenHeight() {
        return height + 1 & ~1;
    }

    private int chromaStride() {
        return (width + 1) / 2 + 3 & ~3;
    }
}
