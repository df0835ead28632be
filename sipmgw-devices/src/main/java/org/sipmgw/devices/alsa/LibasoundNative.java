package org.sipmgw.devices.alsa;

import com.sun.jna.Native;

/** {@code libasound}: PCMs by name, with conversion. See alsa/pcm.h; results below zero are a negated errno. */
final class LibasoundNative {

    static {
        Native.register(LibasoundNative.class, "libasound.so.2");
    }

    private LibasoundNative() {}

    static native int snd_pcm_open(long[] pcm, String name, int stream, int mode);

    static native int snd_pcm_set_params(
            long pcm, int format, int access, int channels, int rateHz, int softResample, int latencyUs);

    /** Both are snd_pcm_uframes_t. */
    static native int snd_pcm_get_params(long pcm, long[] bufferFrames, long[] periodFrames);

    static native long snd_pcm_writei(long pcm, long frames, long count);

    static native long snd_pcm_readi(long pcm, long frames, long count);

    /** 1 ready, 0 time over. */
    static native int snd_pcm_wait(long pcm, int timeoutMs);

    static native long snd_pcm_avail(long pcm);

    static native int snd_pcm_state(long pcm);

    static native int snd_pcm_prepare(long pcm);

    static native int snd_pcm_start(long pcm);

    static native int snd_pcm_drop(long pcm);

    static native int snd_pcm_close(long pcm);
}
