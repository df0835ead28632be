package org.sipmgw.media.x11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipmgw.spi.DeviceException;

class XAuthorityTest {

    @TempDir
    Path directory;

    @Test
    void findsTheCookieOfTheDisplay() throws IOException {
        Path file = file(entry("7", "MIT-MAGIC-COOKIE-1", 7), entry("8", "MIT-MAGIC-COOKIE-1", 8));
        assertThat(XAuthority.cookie(file, "8"))
                .hasValueSatisfying(c -> assertThat(c).containsOnly(8));
        assertThat(XAuthority.cookie(file, "9")).isEmpty();
    }

    @Test
    void entryWithoutNumberIsForEveryDisplayAndOtherSchemesAreSkipped() throws IOException {
        Path file = file(entry("8", "XDM-AUTHORIZATION-1", 1), entry("", "MIT-MAGIC-COOKIE-1", 5));
        assertThat(XAuthority.cookie(file, "8"))
                .hasValueSatisfying(c -> assertThat(c).containsOnly(5));
    }

    @Test
    void cutOrAbsentFileIsADeviceException() throws IOException {
        byte[] whole = entry("7", "MIT-MAGIC-COOKIE-1", 7);
        for (int length = 1; length < whole.length; length++) {
            Path file = file(Arrays.copyOf(whole, length));
            assertThatThrownBy(() -> XAuthority.cookie(file, "7")).isInstanceOf(DeviceException.class);
        }
        assertThatThrownBy(() -> XAuthority.cookie(directory.resolve("absent"), "7"))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("absent");
    }

    private Path file(byte[]... entries) throws IOException {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] entry : entries) {
            all.write(entry);
        }
        return Files.write(directory.resolve("authority"), all.toByteArray());
    }

    private static byte[] entry(String display, String scheme, int cookie) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        out.writeShort(256);
        out.writeUTF("host");
        out.writeUTF(display);
        out.writeUTF(scheme);
        byte[] data = new byte[16];
        Arrays.fill(data, (byte) cookie);
        out.writeShort(data.length);
        out.write(data);
        return bytes.toByteArray();
    }
}
