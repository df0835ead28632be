package org.sipmgw.examples;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Objects;
import java.util.logging.LogManager;

/** What the launcher's commands log, to standard error: one line each, libraries only from warnings on. */
final class Logs {

    private static final String FILE = "logging.properties";

    private Logs() {}

    /** Unless the JVM was started with a configuration of its own ({@code -Djava.util.logging.config.file}). */
    static void configure() {
        boolean own = System.getProperty("java.util.logging.config.file") != null
                || System.getProperty("java.util.logging.config.class") != null;
        if (own) {
            return;
        }
        try (InputStream settings = Objects.requireNonNull(Logs.class.getResourceAsStream(FILE))) {
            LogManager.getLogManager().readConfiguration(settings);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
