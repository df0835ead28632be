package org.sipmgw.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class AuthorityTest {

    @Test
    void writesOneEntryForWhateverHostAndDisplay() {
        byte[] cookie = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);
        assertThat(new String(Authority.encode(cookie), StandardCharsets.ISO_8859_1))
                .isEqualTo("\u00ff\u00ff\0\0\0\0\0\u0012MIT-MAGIC-COOKIE-1\0\u00100123456789abcdef");
    }
}
