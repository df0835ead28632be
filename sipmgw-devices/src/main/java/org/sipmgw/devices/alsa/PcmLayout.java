package org.sipmgw.devices.alsa;

import org.sipmgw.devices.kernel.Ioctl;

/**
 * Requests and structures of the kernel's {@code sound/asound.h} on 64-bit little-endian Linux. x86-64 and arm64 are alike:
 * same ioctl encoding, same alignment, 8-byte {@code long} and {@code time_t}. The sizes are sums of what is in the structures,
 * and part of the requests' numbers: a kernel that has it otherwise refuses the request (ENOTTY).
 */
final class PcmLayout {
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

    static final Ioctl PVERSION = Ioctl.read("PVERSION", 'A', 0x00, INT_BYTES);
    static final Ioctl INFO = Ioctl.read("INFO", 'A', 0x01, INFO_BYTES);
    static final Ioctl USER_PVERSION = Ioctl.write("USER_PVERSION", 'A', 0x04, INT_BYTES);
    static final Ioctl HW_REFINE = Ioctl.exchange("HW_REFINE", 'A', 0x10, HW_BYTES);
    static final Ioctl HW_PARAMS = Ioctl.exchange("HW_PARAMS", 'A', 0x11, HW_BYTES);
    static final Ioctl SW_PARAMS = Ioctl.exchange("SW_PARAMS", 'A', 0x13, SW_BYTES);
    static final Ioctl STATUS = Ioctl.read("STATUS", 'A', 0x20, STATUS_BYTES);
    static final Ioctl PREPARE = Ioctl.plain("PREPARE", 'A', 0x40);
    static final Ioctl START = Ioctl.plain("START", 'A', 0x42);
    static final Ioctl DROP = Ioctl.plain("DROP", 'A', 0x43);
    static final Ioctl WRITEI = Ioctl.write("WRITEI_FRAMES", 'A', 0x50, XFER_BYTES);
    static final Ioctl READI = Ioctl.read("READI_FRAMES", 'A', 0x51, XFER_BYTES);

    /** On the control device, as the next. */
    static final Ioctl ELEM_WRITE = Ioctl.exchange("ELEM_WRITE", 'U', 0x13, ELEM_BYTES);

    static final Ioctl PREFER_SUBDEVICE = Ioctl.write("PCM_PREFER_SUBDEVICE", 'U', 0x32, INT_BYTES);

    static final int STATE_XRUN = 4;
    static final int STATE_SUSPENDED = 7;
    static final int STATE_DISCONNECTED = 8;

    private PcmLayout() {}
}
