package org.sipmgw.media.rtp;

/** Counts pictures by their timestamps. Not thread-safe. */
public final class PictureCounter {
    private boolean started;
    private int newest;
    private int newestKeyFrame;
    private boolean anyKeyFrame;
    private long frames;
    private long keyFrames;
    private int width;
    private int height;

    /** A packet of a picture has come. */
    public void part(int timestamp) {
        if (!started || timestamp - newest > 0 || newest - timestamp > 90_000) {
            started = true;
            newest = timestamp;
            frames++;
        }
    }

    /** The first packet of a key frame has come. */
    public void keyFrame(int timestamp) {
        if (!anyKeyFrame || timestamp != newestKeyFrame) {
            anyKeyFrame = true;
            newestKeyFrame = timestamp;
            keyFrames++;
        }
    }

    /** Pictures have this size from now on. */
    public void size(int newWidth, int newHeight) {
        width = newWidth;
        height = newHeight;
    }

    public long frames() {
        return frames;
    }

    public long keyFrames() {
        return keyFrames;
    }

    /** Pixels, 0 where unknown. */
    public int width() {
        return width;
    }

    /** Pixels, 0 where unknown. */
    public int height() {
        return height;
    }
}
