package org.sipmgw.spi;

import java.nio.ByteBuffer;

/**
 * A sound card of the kernel that one browser alone records from. It plays silence while nothing comes, follows the clock of
 * what comes, and outlives its device. Closing twice is allowed.
 */
public interface MicrophonePort extends AutoCloseable {

    /** The name under which a browser shows it to pages. */
    String label();

    /** What it is now, for people: {@code card Loopback}. */
    String device();

    /** What records from it, by ALSA's name: {@code hw:CARD=Loopback,DEV=1,SUBDEV=0}. */
    String recorded();

    /**
     * Takes sound; for one thread, returns at once, allocates nothing, never throws. After the end it does nothing.
     *
     * @param samples a direct buffer: 16 bits, little-endian, stereo, 48 kHz; whole frames from position to limit, 200 ms
     *     at most
     */
    void sound(ByteBuffer samples);

    @Override
    void close();
}
