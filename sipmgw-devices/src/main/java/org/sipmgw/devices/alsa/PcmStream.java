package org.sipmgw.devices.alsa;

/**
 * One open direction of a sound device. Used by one thread at a time; {@link #close} and the counters by any. Nothing here
 * throws while sound flows: trouble is a return value and a counter.
 */
public interface PcmStream extends AutoCloseable {
    /** Returned instead of a number of frames when the device has gone: module removed, card pulled, or stream closed. */
    int GONE = -1;

    /** What was opened, for messages: {@code /dev/snd/pcmC0D0p} or {@code plughw:0,0}. */
    String device();

    PcmFormat format();

    /** Frames between two looks of the device at its buffer. */
    int periodFrames();

    /** Frames that the device's buffer holds. */
    int bufferFrames();

    /** Times the device ran dry (playback) or full (capture) since it was opened, all recovered from. */
    long xruns();

    /** Frames that wait: written and not yet played, or recorded and not yet read. {@link #GONE} when the device has gone. */
    int queuedFrames();

    /** Why the stream is {@link #GONE}; empty while it is not. */
    String trouble();

    /** Ends the stream at once; what is queued is dropped. Idempotent, waits for a call in progress, never throws. */
    @Override
    void close();
}
