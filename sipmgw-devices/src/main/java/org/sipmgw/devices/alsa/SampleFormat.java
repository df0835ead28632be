package org.sipmgw.devices.alsa;

/** How one sample lies in memory: signed, little-endian. */
public enum SampleFormat {
    /** 16 bits. */
    S16(2, 2),
    /** 32 bits. */
    S32(4, 10);

    private final int bytes;
    private final int alsaNumber;

    SampleFormat(int bytes, int alsaNumber) {
        this.bytes = bytes;
        this.alsaNumber = alsaNumber;
    }

    /** Bytes of one sample. */
    public int bytes() {
        return bytes;
    }

    /** SNDRV_PCM_FORMAT_…, the same number for the kernel and libasound. */
    int alsaNumber() {
        return alsaNumber;
    }
}
