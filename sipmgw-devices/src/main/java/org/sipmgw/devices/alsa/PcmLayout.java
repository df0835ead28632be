package org.sipmgw.devices.alsa;

/**
 * Numbers and structures of the kernel's {@code sound/asound.h} on 64-bit little-endian Linux. x86-64 and arm64 are alike:
 * same ioctl encoding, same alignment, 8-byte {@code long} and {@code time_t}.
 */
final class PcmLayout {
    static final long PVERSION = 0x80044100L;
    static final long INFO = 0x81204101L;
    static final long USER_PVERSION = 0x40044104L;
    static final long HW_REFINE = 0xc2604110L;
    static final long HW_PARAMS = 0xc2604111L;
    static final long SW_PARAMS = 0xc0884113L;
    static final long STATUS = 0x80984120L;
    static final long PREPARE = 0x4140L;
    static final long START = 0x4142L;
    static final long DROP = 0x4143L;
    static final long DRAIN = 0x4144L;
    static final long WRITEI = 0x40184150L;
    static final long READI = 0x80184151L;
    /** On the control device. */
    static final long ELEM_READ = 0xc4c85512L;

    static final long ELEM_WRITE = 0xc4c85513L;
    static final long PREFER_SUBDEVICE = 0x40045532L;

    /** Protocol 2.0.15, which the layouts here are of. */
    static final int PROTOCOL = 0x2000f;

    static final int INT_BYTES = 4;

    // snd_pcm_info: device, subdevice, stream, card; id[64], name[80], subname[32]; class, subclass, count, avail;
    // sync[16], reserved[64]
    static final int INFO_SUBDEVICE = 4;
    static final int INFO_BYTES = 16 + 64 + 80 + 32 + 16 + 16 + 64;

    // snd_pcm_hw_params: flags; 3 + 5 masks of 256 bits; 12 + 9 intervals {min, max, bits}; rmask, cmask, info, msbits,
    // rate; fifo
    static final int MASK_BYTES = 32;
    static final int INTERVAL_BYTES = 12;
    static final int HW_MASKS = 4;
    static final int HW_INTERVALS = HW_MASKS + 8 * MASK_BYTES;
    static final int HW_RMASK = HW_INTERVALS + 21 * INTERVAL_BYTES;
    static final int HW_INFO = HW_RMASK + 8;
    static final int HW_BYTES = HW_RMASK + 24 + 8 + 64;

    // snd_pcm_sw_params: tstamp_mode, period_step, sleep_min, gap; six unsigned long, boundary; proto, tstamp_type,
    // reserved[56]
    static final int SW_PERIOD_STEP = 4;
    static final int SW_AVAIL_MIN = 16;
    static final int SW_XFER_ALIGN = 24;
    static final int SW_START_THRESHOLD = 32;
    static final int SW_STOP_THRESHOLD = 40;
    static final int SW_SILENCE_SIZE = 56;
    static final int SW_BOUNDARY = 64;
    static final int SW_PROTO = 72;
    static final int SW_BYTES = 80 + 56;

    // snd_pcm_status: state, gap, two timespec; appl_ptr, hw_ptr, delay, avail, avail_max, overrange; then what is not
    // read here
    static final int STATUS_STATE = 0;
    static final int STATUS_AVAIL = 8 + 2 * 16 + 3 * 8;
    static final int STATUS_BYTES = STATUS_AVAIL + 3 * 8 + 8 + 2 * 16 + 4 + 20;

    // snd_xferi: result, buf, frames
    static final int XFER_BUF = 8;
    static final int XFER_FRAMES = 16;
    static final int XFER_BYTES = 24;

    // snd_ctl_elem_value: id {numid, iface, device, subdevice, name[44], index}; indirect, gap; value[1024];
    // reserved[128]
    static final int ELEM_IFACE = 4;
    static final int ELEM_DEVICE = 8;
    static final int ELEM_SUBDEVICE = 12;
    static final int ELEM_NAME = 16;
    static final int ELEM_VALUE = 72;
    static final int ELEM_BYTES = ELEM_VALUE + 1024 + 128;

    static final int STATE_SETUP = 1;
    static final int STATE_XRUN = 4;
    static final int STATE_SUSPENDED = 7;
    static final int STATE_DISCONNECTED = 8;

    private PcmLayout() {}

    /** The size of its argument, which every ioctl number carries. */
    static int argumentBytes(long request) {
        return (int) (request >> 16) & 0x3fff;
    }

    /**
     * Compares the structures as they are laid out here with what the numbers say.
     *
     * @throws IllegalStateException where they differ, or on a processor with other layouts
     */
    static void check(String architecture) {
        if (!architecture.equals("amd64") && !architecture.equals("aarch64")) {
            throw new IllegalStateException(
                    "ALSA's structures are laid out for x86-64 and arm64, not for " + architecture);
        }
        long[][] pairs = {
            {PVERSION, INT_BYTES}, {INFO, INFO_BYTES}, {USER_PVERSION, INT_BYTES}, {HW_REFINE, HW_BYTES},
            {HW_PARAMS, HW_BYTES}, {SW_PARAMS, SW_BYTES}, {STATUS, STATUS_BYTES}, {WRITEI, XFER_BYTES},
            {READI, XFER_BYTES}, {ELEM_READ, ELEM_BYTES}, {ELEM_WRITE, ELEM_BYTES}, {PREFER_SUBDEVICE, INT_BYTES}
        };
        for (long[] pair : pairs) {
            if (argumentBytes(pair[0]) != pair[1]) {
                throw new IllegalStateException("ioctl 0x%x takes %d bytes, the layout has %d"
                        .formatted(pair[0], argumentBytes(pair[0]), pair[1]));
            }
        }
    }
}
