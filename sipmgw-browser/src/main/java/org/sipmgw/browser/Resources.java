package org.sipmgw.browser;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Base64;

/** Texts that come with this package. */
final class Resources {
    private Resources() {}

    static String text(String name) {
        try (InputStream in = Resources.class.getResourceAsStream(name)) {
            if (in == null) {
                throw new IllegalStateException("resource " + name + " is missing");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new IllegalStateException("resource " + name + " cannot be read", e);
        }
    }

    /** The waiting picture as an address that needs no server. */
    static String waitingPage() {
        byte[] html = text("waiting.html").getBytes(StandardCharsets.UTF_8);
        return "data:text/html;charset=utf-8;base64," + Base64.getEncoder().encodeToString(html);
    }
}
