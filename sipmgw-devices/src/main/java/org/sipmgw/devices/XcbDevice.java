package org.sipmgw.devices;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.charset.StandardCharsets;
import org.sipmgw.spi.DeviceException;

/** Asks an X display for the size of its screen, as a client of it: shows that clients get in with the cookie. */
final class XcbDevice {
    private XcbDevice() {}

    /**
     * Size of the first screen.
     *
     * @param width pixels
     * @param height pixels
     * @param depth bits of colour
     */
    record Screen(int width, int height, int depth) {}

    /**
     * Connects, looks and leaves.
     *
     * @throws DeviceException when the display refuses or libxcb is not installed
     */
    static Screen look(String display, Authority authority) {
        try {
            return connect(display, authority);
        } catch (LinkageError e) {
            throw new DeviceException("libxcb.so.1", "load", "install the Debian package libxcb1", e);
        }
    }

    private static Screen connect(String display, Authority authority) {
        byte[] name = Authority.SCHEME.getBytes(StandardCharsets.US_ASCII);
        byte[] cookie = authority.cookie();
        int pointer = Native.POINTER_SIZE;
        try (Memory text = new Memory(name.length + (long) cookie.length);
                Memory auth = new Memory(4L * pointer)) {
            text.write(0, name, 0, name.length);
            text.write(name.length, cookie, 0, cookie.length);
            auth.clear();
            auth.setInt(0, name.length);
            auth.setPointer(pointer, text);
            auth.setInt(2L * pointer, cookie.length);
            auth.setPointer(3L * pointer, text.share(name.length));
            Pointer connection = XcbNative.xcb_connect_to_display_with_auth_info(display, auth, new int[1]);
            try {
                int error = XcbNative.xcb_connection_has_error(connection);
                if (error != 0) {
                    throw new DeviceException("X display " + display, "connect", "refused (xcb error " + error + ")");
                }
                return screen(XcbNative.xcb_get_setup(connection));
            } finally {
                XcbNative.xcb_disconnect(connection);
            }
        }
    }

    /** The setup as the X11 protocol encodes it: a fixed part, the vendor's name, pixmap formats, screens. */
    private static Screen screen(Pointer setup) {
        int vendor = Short.toUnsignedInt(setup.getShort(24));
        int formats = Byte.toUnsignedInt(setup.getByte(29));
        long screen = 40 + ((vendor + 3) & ~3) + 8L * formats;
        return new Screen(
                Short.toUnsignedInt(setup.getShort(screen + 20)),
                Short.toUnsignedInt(setup.getShort(screen + 22)),
                Byte.toUnsignedInt(setup.getByte(screen + 38)));
    }
}
