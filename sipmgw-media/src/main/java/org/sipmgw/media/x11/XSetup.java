package org.sipmgw.media.x11;

import com.sun.jna.Pointer;
import org.sipmgw.spi.DeviceException;

/**
 * What an X server says of itself when a connection is set up (X11 protocol, encoding of connection setup).
 *
 * @param root window of the first screen
 * @param width pixels
 * @param height pixels
 */
record XSetup(int root, int width, int height) {

    private static final int FIXED_BYTES = 40;
    private static final int FORMAT_BYTES = 8;
    private static final int DEPTH = 24;
    private static final int BITS_PER_PIXEL = 32;

    /** Reads the setup at {@code address}; refuses a display whose pixels are not 32-bit little-endian BGRx. */
    static XSetup read(String device, long address) {
        Pointer setup = new Pointer(address);
        int vendorBytes = Short.toUnsignedInt(setup.getShort(24));
        int formats = Byte.toUnsignedInt(setup.getByte(29));
        boolean littleEndian = setup.getByte(30) == 0;
        long firstFormat = FIXED_BYTES + ((vendorBytes + 3L) & ~3L);
        Pointer screen = setup.share(firstFormat + (long) formats * FORMAT_BYTES);
        boolean packed = false;
        for (int i = 0; i < formats; i++) {
            long format = firstFormat + (long) i * FORMAT_BYTES;
            packed |= setup.getByte(format) == DEPTH && setup.getByte(format + 1) == BITS_PER_PIXEL;
        }
        if (!littleEndian || !packed || screen.getByte(38) != DEPTH) {
            throw new DeviceException(device, "open", "needs a little-endian display of depth 24, 32 bits a pixel");
        }
        return new XSetup(
                screen.getInt(0), Short.toUnsignedInt(screen.getShort(20)), Short.toUnsignedInt(screen.getShort(22)));
    }
}
