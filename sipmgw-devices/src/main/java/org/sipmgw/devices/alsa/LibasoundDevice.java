package org.sipmgw.devices.alsa;

import org.sipmgw.devices.kernel.Errno;
import org.sipmgw.spi.DeviceException;

/** A PCM by libasound's name: hardware with conversion ({@code plughw:…}), {@code default}, or what asound.conf defines. */
final class LibasoundDevice implements PcmPort {
    private static final int NONBLOCK = 1;
    private static final int STATE_PREPARED = 2;
    private static final int CONVERT = 1;

    private final PcmRequest request;
    private final long pcm;
    private int periodFrames;
    private int bufferFrames;
    private boolean closed;

    private LibasoundDevice(PcmRequest request, long pcm) {
        this.request = request;
        this.pcm = pcm;
    }

    /**
     * Opens and prepares.
     *
     * @throws DeviceException with name, call and errno; nothing stays open then
     */
    static LibasoundDevice open(PcmRequest request) {
        long[] handle = new long[1];
        try {
            int direction = request.playback() ? 0 : 1;
            must(request, "snd_pcm_open", LibasoundNative.snd_pcm_open(handle, request.device(), direction, NONBLOCK));
        } catch (LinkageError e) {
            throw new DeviceException("libasound.so.2", "load", "install the Debian package libasound2", e);
        }
        LibasoundDevice device = new LibasoundDevice(request, handle[0]);
        try {
            device.configure();
            return device;
        } catch (RuntimeException e) {
            device.close();
            throw e;
        }
    }

    private void configure() {
        PcmFormat format = request.format();
        long bufferUs = request.bufferFrames() * 1_000_000L / format.rateHz();
        int set = LibasoundNative.snd_pcm_set_params(
                pcm,
                format.sample().alsaNumber(),
                HwParams.ACCESS_RW_INTERLEAVED,
                format.channels(),
                format.rateHz(),
                CONVERT,
                (int) bufferUs);
        must(request, "snd_pcm_set_params (" + format + ")", set);
        long[] buffer = new long[1];
        long[] period = new long[1];
        must(request, "snd_pcm_get_params", LibasoundNative.snd_pcm_get_params(pcm, buffer, period));
        bufferFrames = (int) buffer[0];
        periodFrames = (int) period[0];
    }

    private static void must(PcmRequest request, String call, int result) {
        if (result < 0) {
            throw new DeviceException(request.device(), call, Errno.text(-result));
        }
    }

    @Override
    public PcmRequest request() {
        return request;
    }

    @Override
    public int periodFrames() {
        return periodFrames;
    }

    @Override
    public int bufferFrames() {
        return bufferFrames;
    }

    @Override
    public int transfer(long address, int frames) {
        long moved = request.playback()
                ? LibasoundNative.snd_pcm_writei(pcm, address, frames)
                : LibasoundNative.snd_pcm_readi(pcm, address, frames);
        if (moved > 0 && request.playback() && LibasoundNative.snd_pcm_state(pcm) == STATE_PREPARED) {
            // by itself it would start when its buffer is full only
            LibasoundNative.snd_pcm_start(pcm);
        }
        return (int) moved;
    }

    @Override
    public int await(int timeoutMs) {
        return LibasoundNative.snd_pcm_wait(pcm, timeoutMs);
    }

    @Override
    public int prepare() {
        return LibasoundNative.snd_pcm_prepare(pcm);
    }

    @Override
    public int start() {
        return LibasoundNative.snd_pcm_start(pcm);
    }

    @Override
    public int drop() {
        return LibasoundNative.snd_pcm_drop(pcm);
    }

    @Override
    public int queued() {
        int available = (int) LibasoundNative.snd_pcm_avail(pcm);
        return available < 0 || !request.playback() ? available : Math.max(0, bufferFrames - available);
    }

    @Override
    public void close() {
        if (!closed) {
            closed = true;
            drop();
            LibasoundNative.snd_pcm_close(pcm);
        }
    }
}
