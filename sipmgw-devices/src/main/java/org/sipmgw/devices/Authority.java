package org.sipmgw.devices;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import org.sipmgw.process.RuntimeDirectory;

/**
 * The cookie that lets clients into the displays of this gateway, and the file both sides read it from. One for all its
 * displays: the browsers of two calls are kept apart by their sandboxes, and the file never has to be written again.
 */
final class Authority {
    static final String SCHEME = "MIT-MAGIC-COOKIE-1";
    private static final int COOKIE_BYTES = 16;
    /** FamilyWild of Xauth.h: for whatever host and display. */
    private static final int ANY_HOST = 0xffff;

    private final byte[] cookie = new byte[COOKIE_BYTES];
    private final Path file;

    Authority(RuntimeDirectory runtime) {
        new SecureRandom().nextBytes(cookie);
        file = runtime.newFile("xauth", encode(cookie));
    }

    Path file() {
        return file;
    }

    byte[] cookie() {
        return cookie.clone();
    }

    /** One entry as libXau reads it: family, then address, display, scheme and data, each behind its length. */
    static byte[] encode(byte[] cookie) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (DataOutputStream out = new DataOutputStream(bytes)) {
            out.writeShort(ANY_HOST);
            for (byte[] field : new byte[][] {{}, {}, SCHEME.getBytes(StandardCharsets.US_ASCII), cookie}) {
                out.writeShort(field.length);
                out.write(field);
            }
        } catch (IOException cannotHappen) {
            throw new UncheckedIOException(cannotHappen);
        }
        return bytes.toByteArray();
    }
}
