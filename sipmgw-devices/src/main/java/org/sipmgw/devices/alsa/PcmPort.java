package org.sipmgw.devices.alsa;

/** One open PCM as the kernel or libasound shows it. All numbers are frames, or a negated errno. One thread at a time. */
interface PcmPort extends AutoCloseable {

    /** What it was opened with. */
    PcmRequest request();

    default String device() {
        return request().device();
    }

    default PcmFormat format() {
        return request().format();
    }

    int periodFrames();

    int bufferFrames();

    /** Moves frames between the memory and the device without waiting. */
    int transfer(long address, int frames);

    /** Waits for a period of room or sound: 1, or 0 when the time is over. */
    int await(int timeoutMs);

    int prepare();

    int start();

    int drop();

    /** Frames queued (playback) or recorded (capture); -EPIPE after an xrun. */
    int queued();

    @Override
    void close();
}
