package org.sipmgw.media.x11;

import java.io.IOException;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import org.sipmgw.spi.DeviceException;

/**
 * Reads the cookie of one display out of an authority file. Given to the connection itself, so that no environment
 * variable of this process has to change: two displays may have two files, and C's environment is not thread-safe.
 */
final class XAuthority {

    private static final String COOKIE = "MIT-MAGIC-COOKIE-1";

    private XAuthority() {}

    /**
     * The cookie for display {@code number}.
     *
     * @param file entries of family, address, display number, name and data, each but the family with a 16-bit length
     * @param number of the display, without colon and screen
     */
    static Optional<byte[]> cookie(Path file, String number) {
        ByteBuffer entries;
        try {
            entries = ByteBuffer.wrap(Files.readAllBytes(file));
        } catch (IOException e) {
            throw new DeviceException("X display :" + number, "authority", "cannot read " + file, e);
        }
        try {
            while (entries.hasRemaining()) {
                entries.getShort();
                field(entries);
                String display = text(entries);
                String name = text(entries);
                byte[] data = field(entries);
                if (name.equals(COOKIE) && (display.isEmpty() || display.equals(number))) {
                    return Optional.of(data);
                }
            }
            return Optional.empty();
        } catch (BufferUnderflowException e) {
            throw new DeviceException("X display :" + number, "authority", file + " is cut short", e);
        }
    }

    private static String text(ByteBuffer entries) {
        return new String(field(entries), StandardCharsets.ISO_8859_1);
    }

    private static byte[] field(ByteBuffer entries) {
        int length = Short.toUnsignedInt(entries.getShort());
        if (length > entries.remaining()) {
            throw new BufferUnderflowException();
        }
        byte[] value = new byte[length];
        entries.get(value);
        return value;
    }
}
