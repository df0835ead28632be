package org.sipmgw.media.x11;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.sipmgw.spi.DeviceException;

/**
 * A connection to one X display whose screen it grabs, without the cursor, into slots of {@link SharedMemory} that the
 * X server writes itself.
 *
 * <p>It speaks through libxcb because Xlib, and with it GStreamer's {@code ximagesrc}, ends the whole process when its
 * X server dies; here a dead display is a return value, and other calls go on.
 *
 * <p>{@link #grab} belongs to one thread; {@link #interrupt()} may come from any.
 */
public final class DisplayDevice implements AutoCloseable {

    /** Bytes of one pixel: blue, green, red, nothing. */
    public static final int PIXEL_BYTES = 4;

    private static final int ALL_PLANES = -1;
    private static final byte Z_PIXMAP = 2;
    private static final String COOKIE_NAME = "MIT-MAGIC-COOKIE-1";

    private final String device;
    private final AtomicInteger live;
    private final long connection;
    private final XSetup setup;
    private int segment;
    private boolean closed;

    /**
     * Connects.
     *
     * @param name of the display, for example {@code :7}
     * @param authority file that holds the display's cookie, if it asks for one
     * @param live counts native objects as long as they live
     * @throws DeviceException when there is no such display or it refuses
     */
    public DisplayDevice(String name, Optional<Path> authority, AtomicInteger live) {
        this.device = "X display " + name;
        this.live = live;
        connection = connect(name, authority);
        live.incrementAndGet();
        int error = XcbNative.xcb_connection_has_error(connection);
        if (error != 0) {
            close();
            throw new DeviceException(device, "open", "connection refused or not authorised (xcb error " + error + ")");
        }
        try {
            setup = XSetup.read(device, XcbNative.xcb_get_setup(connection));
        } catch (DeviceException e) {
            close();
            throw e;
        }
    }

    /** Pixels. */
    public int width() {
        return setup.width();
    }

    /** Pixels. */
    public int height() {
        return setup.height();
    }

    /** Bytes of one grabbed frame; its lines follow one another without a gap. */
    public int frameBytes() {
        return width() * height() * PIXEL_BYTES;
    }

    /**
     * Lets the X server write into {@code memory}.
     *
     * @throws DeviceException when the server has no MIT-SHM 1.2 or refuses
     */
    public void attach(SharedMemory memory) {
        segment = XcbNative.xcb_generate_id(connection);
        // the descriptor is sent and then closed by libxcb, on failure too
        int cookie = XcbShmNative.xcb_shm_attach_fd_checked(connection, segment, memory.duplicate(), (byte) 0);
        long error = XcbNative.xcb_request_check(connection, cookie);
        if (error != 0 || XcbNative.xcb_connection_has_error(connection) != 0) {
            LibcNative.free(error);
            throw new DeviceException(device, "attach", "the X server does not take shared memory (MIT-SHM 1.2)");
        }
    }

    /** Grabs the screen into the attached memory at {@code offset}; false when the display is gone. */
    public boolean grab(int offset) {
        checkOpen();
        int cookie = XcbShmNative.xcb_shm_get_image(
                connection,
                setup.root(),
                (short) 0,
                (short) 0,
                (short) setup.width(),
                (short) setup.height(),
                ALL_PLANES,
                Z_PIXMAP,
                segment,
                offset);
        long reply = XcbShmNative.xcb_shm_get_image_reply(connection, cookie, 0);
        if (reply == 0) {
            return false;
        }
        LibcNative.free(reply);
        return true;
    }

    /** Ends a {@link #grab} that hangs because the X server does not answer; nothing can be grabbed after it. */
    public synchronized void interrupt() {
        if (!closed) {
            LibcNative.shutdown(XcbNative.xcb_get_file_descriptor(connection), LibcNative.SHUT_RDWR);
        }
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            XcbNative.xcb_disconnect(connection);
            live.decrementAndGet();
        }
    }

    private void checkOpen() {
        if (closed) {
            throw new IllegalStateException(device + " is closed");
        }
    }

    private static long connect(String name, Optional<Path> authority) {
        String number = name.substring(name.indexOf(':') + 1).replaceAll("\\..*", "");
        Optional<byte[]> cookie = authority.flatMap(file -> XAuthority.cookie(file, number));
        if (cookie.isEmpty()) {
            return XcbNative.xcb_connect(name, new int[1]);
        }
        byte[] data = cookie.get();
        byte[] key = Native.toByteArray(COOKIE_NAME);
        // xcb_auth_info_t: int namelen, char *name, int datalen, char *data
        try (Memory info = new Memory(32);
                Memory keyMemory = new Memory(key.length);
                Memory dataMemory = new Memory(Math.max(1, data.length))) {
            keyMemory.write(0, key, 0, key.length);
            dataMemory.write(0, data, 0, data.length);
            info.setInt(0, COOKIE_NAME.length());
            info.setPointer(8, keyMemory);
            info.setInt(16, data.length);
            info.setPointer(24, dataMemory);
            return XcbNative.xcb_connect_to_display_with_auth_info(name, Pointer.nativeValue(info), new int[1]);
        }
    }
}
