package org.sipmgw.devices.alsa;

import org.sipmgw.spi.DeviceException;

/**
 * What is to be opened.
 *
 * @param device path of the device node, or libasound's name
 * @param control path of the card's control node; empty for libasound
 * @param subdevice its number, or -1 for any
 * @param playback else capture
 * @param format of the sound
 * @param latencyMs how much sound waits in the device
 */
record PcmRequest(String device, String control, int subdevice, boolean playback, PcmFormat format, int latencyMs) {
    /** More often than this a loopback's timer cannot look. */
    private static final int MIN_PERIOD_MS = 4;

    private static final int PERIODS_IN_LATENCY = 4;

    /** What the latency is in frames. */
    int latencyFrames() {
        return (int) ((long) format.rateHz() * latencyMs / 1_000);
    }

    /** A quarter of the latency. */
    int periodFrames() {
        return Math.max(latencyFrames() / PERIODS_IN_LATENCY, format.rateHz() * MIN_PERIOD_MS / 1_000);
    }

    /** Room for a writer that comes early, and for a reader that comes late. */
    int bufferFrames() {
        return Math.max(latencyFrames() * (playback ? 3 : 4), 4 * periodFrames());
    }

    /**
     * Narrows what the device can do down to what is wanted.
     *
     * @throws DeviceException naming what the device cannot do
     */
    HwParams choose(HwParams able) {
        demand(able.allows(HwParams.ACCESS, HwParams.ACCESS_RW_INTERLEAVED), "interleaved frames");
        demand(able.allows(HwParams.FORMAT, format.sample().alsaNumber()), "format " + format.sample());
        demand(
                able.contains(HwParams.CHANNELS, format.channels()),
                format.channels() + " channels, only " + able.min(HwParams.CHANNELS) + " to "
                        + able.max(HwParams.CHANNELS));
        demand(
                able.contains(HwParams.RATE, format.rateHz()),
                format.rateHz() + " Hz, only " + able.min(HwParams.RATE) + " to " + able.max(HwParams.RATE));
        HwParams wanted = HwParams.of(format);
        // the kernel takes the smallest period and the largest buffer of what is left
        int period = within(able, HwParams.PERIOD_SIZE, periodFrames());
        wanted.range(HwParams.PERIOD_SIZE, period, able.max(HwParams.PERIOD_SIZE));
        int buffer = within(able, HwParams.BUFFER_SIZE, Math.max(bufferFrames(), 2 * period));
        wanted.range(HwParams.BUFFER_SIZE, able.min(HwParams.BUFFER_SIZE), buffer);
        return wanted;
    }

    private static int within(HwParams able, int parameter, int value) {
        return Math.max(able.min(parameter), Math.min(able.max(parameter), value));
    }

    private void demand(boolean can, String what) {
        if (!can) {
            throw new DeviceException(
                    device,
                    "HW_REFINE",
                    "the device cannot do " + what + " (a loopback does only what its other end has been opened with)");
        }
    }
}
