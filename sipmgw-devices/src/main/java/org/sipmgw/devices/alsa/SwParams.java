package org.sipmgw.devices.alsa;

import org.sipmgw.devices.kernel.Structure;

/** {@code snd_pcm_sw_params}: when the device starts, stops, wakes and fills up with silence. */
final class SwParams {

    private SwParams() {}

    /**
     * Starts with the first frames (we put silence in front ourselves), stops when dry or full. What has been played is made
     * silent at once: a loopback that runs past the end of the sound then plays silence, not the buffer's last turn.
     */
    static Structure of(int periodFrames, int bufferFrames, boolean playback) {
        long boundary = Math.max(bufferFrames, 1);
        while (boundary <= (Long.MAX_VALUE - bufferFrames) / 2) {
            boundary *= 2;
        }
        return new Structure(PcmLayout.SW_BYTES)
                .setInt(PcmLayout.SW_PERIOD_STEP, 1)
                .setLong(PcmLayout.SW_AVAIL_MIN, periodFrames)
                .setLong(PcmLayout.SW_XFER_ALIGN, 1)
                .setLong(PcmLayout.SW_START_THRESHOLD, 1)
                .setLong(PcmLayout.SW_STOP_THRESHOLD, bufferFrames)
                .setLong(PcmLayout.SW_SILENCE_SIZE, playback ? boundary : 0)
                .setLong(PcmLayout.SW_BOUNDARY, boundary)
                .setInt(PcmLayout.SW_PROTO, PcmLayout.PROTOCOL);
    }
}
