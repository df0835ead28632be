package org.sipmgw.devices.alsa;

/** An open device with what fits the sound to its clock. */
record PlaybackEnd(PcmPlayback stream, Trim trim) {

    void close() {
        trim.close();
        stream.close();
    }
}
