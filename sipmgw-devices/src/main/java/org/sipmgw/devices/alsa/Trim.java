package org.sipmgw.devices.alsa;

import java.nio.ByteBuffer;

/** Makes sound of one clock fit another: by turning the device's clock, or by changing the sound. One thread. */
interface Trim extends AutoCloseable {

    /** The device must empty or fill faster by so much than its nominal rate, or slower. */
    void ppm(double ppm);

    /** What is to be handed on instead of this sound; valid until the next call. */
    ByteBuffer apply(ByteBuffer frames);

    @Override
    void close();
}
