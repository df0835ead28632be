package org.sipmgw.devices.kernel;

/**
 * A device request. The number holds the size of the request's structure: a kernel whose structure is another one answers
 * {@link Errno#ENOTTY} and never writes beyond ours.
 *
 * @param name as in the kernel's headers
 * @param number direction in bits 30 and 31, size from bit 16, letter from bit 8, serial number
 */
public record Ioctl(String name, long number) {
    private static final int WRITE = 1;
    private static final int READ = 2;

    private static Ioctl of(String name, int direction, char letter, int serial, int size) {
        return new Ioctl(name, ((long) direction << 30) | ((long) size << 16) | ((long) letter << 8) | serial);
    }

    /** A request without a structure ({@code _IO}). */
    public static Ioctl plain(String name, char letter, int serial) {
        return of(name, 0, letter, serial, 0);
    }

    /** The kernel fills the structure ({@code _IOR}). */
    public static Ioctl read(String name, char letter, int serial, int size) {
        return of(name, READ, letter, serial, size);
    }

    /** The kernel reads the structure ({@code _IOW}). */
    public static Ioctl write(String name, char letter, int serial, int size) {
        return of(name, WRITE, letter, serial, size);
    }

    /** The kernel reads and fills the structure ({@code _IOWR}). */
    public static Ioctl exchange(String name, char letter, int serial, int size) {
        return of(name, READ | WRITE, letter, serial, size);
    }

    /** Bytes of the structure. */
    public int size() {
        return (int) (number >> 16) & 0x3fff;
    }

    @Override
    public String toString() {
        return name;
    }
}
