package org.sipmgw.browser;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Clock;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.util.Locale;
import java.util.Optional;
import org.sipmgw.conference.Room;

/** Keeps what a page looked like that could not be joined. Secrets are left out: form values, scripts, address queries. */
final class Evidence {
    private static final System.Logger LOG = System.getLogger(Evidence.class.getName());
    private static final int MAX_CHARS = 1_000_000;
    private static final DateTimeFormatter STAMP =
            DateTimeFormatter.ofPattern("yyyyMMdd-HHmmss-SSS", Locale.ROOT).withZone(ZoneOffset.UTC);

    private static final String DOCUMENT = """
            const copy = document.documentElement.cloneNode(true);
            copy.querySelectorAll('script, style, textarea').forEach((e) => { e.textContent = ''; });
            copy.querySelectorAll('*').forEach((e) => {
              for (const name of e.getAttributeNames()) {
                const value = e.getAttribute(name);
                if (name === 'value' || name === 'content' || name.startsWith('on')) e.removeAttribute(name);
                else if (/[?#]/.test(value)) e.setAttribute(name, value.replace(/[?#].*$/s, '?…'));
              }
            });
            return copy.outerHTML;
            """;

    private final Optional<Path> directory;

    Evidence(Optional<Path> directory) {
        this.directory = directory;
    }

    /** Writes a picture and the document, if a directory is configured; never fails. On the page's thread. */
    void keep(Chromium chromium, ConferencePage product, Room room) {
        if (directory.isEmpty()) {
            return;
        }
        String name = STAMP.format(Clock.systemUTC().instant()) + "-"
                + product.product().toLowerCase(Locale.ROOT).replaceAll("[^a-z0-9]+", "-");
        try {
            Files.createDirectories(directory.get());
            write(directory.get().resolve(name + ".png"), chromium.picture());
            String html = String.valueOf(chromium.run(DOCUMENT));
            String clean = room.password()
                    .filter(p -> !p.isEmpty())
                    .map(p -> html.replace(p, "***"))
                    .orElse(html);
            String bounded = clean.substring(0, Math.min(clean.length(), MAX_CHARS));
            write(directory.get().resolve(name + ".html"), bounded.getBytes(StandardCharsets.UTF_8));
        } catch (IOException | PageException | BrowserLostException e) {
            LOG.log(System.Logger.Level.WARNING, "No evidence of the failed join is kept", e);
        }
    }

    private static void write(Path file, byte[] content) throws IOException {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, content, StandardOpenOption.WRITE);
    }
}
