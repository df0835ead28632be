package org.sipmgw.devices.alsa;

import org.sipmgw.devices.kernel.Structure;

/** {@code snd_pcm_hw_params}: a set of configurations, narrowed by us, refined by the device. */
final class HwParams {
    static final int ACCESS = 0;
    static final int FORMAT = 1;
    static final int SUBFORMAT = 2;
    static final int CHANNELS = 10;
    static final int RATE = 11;
    static final int PERIOD_SIZE = 13;
    static final int BUFFER_SIZE = 17;
    static final int ACCESS_RW_INTERLEAVED = 3;

    private static final int FIRST_INTERVAL = 8;
    private static final int LAST_INTERVAL = 19;
    private static final int INTEGER = 4;

    private final Structure bytes = new Structure(PcmLayout.HW_BYTES);

    /** Everything that any device could do. */
    HwParams() {
        for (int mask = ACCESS; mask <= SUBFORMAT; mask++) {
            for (int word = 0; word < PcmLayout.MASK_BYTES; word += 4) {
                bytes.setInt(mask(mask) + word, -1);
            }
        }
        for (int parameter = FIRST_INTERVAL; parameter <= LAST_INTERVAL; parameter++) {
            bytes.setInt(interval(parameter) + 4, -1);
        }
        bytes.setInt(PcmLayout.HW_RMASK, -1);
        bytes.setInt(PcmLayout.HW_INFO, -1);
    }

    /** What every stream here wants of a device, and of its own format. */
    static HwParams of(PcmFormat format) {
        HwParams params = new HwParams();
        params.only(ACCESS, ACCESS_RW_INTERLEAVED);
        params.only(FORMAT, format.sample().alsaNumber());
        params.only(SUBFORMAT, 0);
        params.range(CHANNELS, format.channels(), format.channels());
        params.range(RATE, format.rateHz(), format.rateHz());
        return params;
    }

    Structure structure() {
        return bytes;
    }

    void only(int mask, int bit) {
        for (int word = 0; word < PcmLayout.MASK_BYTES; word += 4) {
            bytes.setInt(mask(mask) + word, 0);
        }
        bytes.setInt(mask(mask) + bit / 32 * 4, 1 << bit % 32);
    }

    boolean allows(int mask, int bit) {
        return (bytes.intAt(mask(mask) + bit / 32 * 4) & 1 << bit % 32) != 0;
    }

    void range(int parameter, int min, int max) {
        bytes.setInt(interval(parameter), min);
        bytes.setInt(interval(parameter) + 4, max);
        bytes.setInt(interval(parameter) + 8, INTEGER);
    }

    /** At most {@link Integer#MAX_VALUE}. */
    int min(int parameter) {
        return bounded(bytes.intAt(interval(parameter)));
    }

    /** At most {@link Integer#MAX_VALUE}. */
    int max(int parameter) {
        return bounded(bytes.intAt(interval(parameter) + 4));
    }

    boolean contains(int parameter, int value) {
        return value >= min(parameter) && value <= max(parameter);
    }

    private static int bounded(int unsigned) {
        return unsigned < 0 ? Integer.MAX_VALUE : unsigned;
    }

    private static int mask(int mask) {
        return PcmLayout.HW_MASKS + mask * PcmLayout.MASK_BYTES;
    }

    private static int interval(int parameter) {
        return PcmLayout.HW_INTERVALS + (parameter - FIRST_INTERVAL) * PcmLayout.INTERVAL_BYTES;
    }
}
