package org.sipmgw.devices.alsa;

import java.nio.ByteBuffer;

/** A device that records. It runs from the moment it is opened. */
public interface PcmCapture extends PcmStream {

    /**
     * Records whole frames until the buffer has no room for more, and moves its position. Waits at most a second without
     * sound. A direct buffer is filled in place, and nothing is allocated when it is the same as last time.
     *
     * @return frames recorded, fewer than there was room for when the device stood still; or {@link #GONE}
     */
    int read(ByteBuffer frames);

    /** As {@link #read}, but takes only what is there now and never waits. */
    int poll(ByteBuffer frames);
}
