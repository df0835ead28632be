package org.sipmgw.devices;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.TimeUnit;
import org.sipmgw.process.ChildProcess;
import org.sipmgw.process.RuntimeDirectory;
import org.sipmgw.spi.ConfigException;
import org.sipmgw.spi.DeviceException;
import org.sipmgw.spi.DisplayPort;

/**
 * Opens virtual displays, each an Xvfb of its own, run as the ordinary user: 24 bits, no cursor, never blank, no TCP, and
 * only for who has this gateway's cookie. Thread-safe. Displays that are still open end with the runtime directory.
 */
public final class XvfbDisplays implements DisplayPort.Provider {
    static final Path SOCKETS = Path.of("/tmp/.X11-unix");
    static final String REMEDY = "install the Debian package xvfb";

    private static final int MIN_PIXELS = 64;
    private static final int MAX_PIXELS = 8192;

    private final RuntimeDirectory runtime;
    private final String program;
    private final Duration startTimeout;
    private final Authority authority;

    private XvfbDisplays(Builder from) {
        this.runtime = from.runtime;
        this.program = from.program;
        this.startTimeout = from.startTimeout;
        this.authority = new Authority(runtime);
    }

    /** Prepares a provider whose displays live in {@code runtime}. */
    public static Builder builder(RuntimeDirectory runtime) {
        return new Builder(runtime);
    }

    /**
     * {@inheritDoc}
     *
     * @param width 64 to 8192 pixels
     * @param height 64 to 8192 pixels
     * @throws IllegalArgumentException when the size is out of range
     */
    @Override
    public DisplayPort open(int width, int height) {
        requirePixels("width", width);
        requirePixels("height", height);
        prepareSockets();
        CompletableFuture<String> number = new CompletableFuture<>();
        ChildProcess xvfb = ChildProcess.builder(runtime, "xvfb", command(width, height))
                .remedy(REMEDY)
                .onLine(line -> {
                    if (line.matches("\\d{1,5}")) {
                        number.complete(line);
                    }
                })
                .start();
        try {
            xvfb.onExit().thenAccept(code -> number.completeExceptionally(new IllegalStateException()));
            return ready(xvfb, number, width, height);
        } catch (RuntimeException e) {
            xvfb.close();
            throw e;
        }
    }

    private DisplayPort ready(ChildProcess xvfb, CompletableFuture<String> number, int width, int height) {
        String name = ":" + answer(xvfb, number);
        Runnable socket = runtime.noteFile(SOCKETS.resolve("X" + name.substring(1)));
        try {
            XcbDevice.Screen screen = XcbDevice.look(name, authority);
            if (!screen.equals(new XcbDevice.Screen(width, height, 24))) {
                throw new DeviceException(name, "open", "asked for " + width + "x" + height + ", is " + screen);
            }
        } catch (DeviceException e) {
            xvfb.close();
            socket.run();
            throw new DeviceException("Xvfb " + name, "use", String.valueOf(e.getMessage()), e);
        }
        return new XvfbDisplay(name, width, height, authority.file(), xvfb, socket);
    }

    private String answer(ChildProcess xvfb, CompletableFuture<String> number) {
        try {
            return number.copy()
                    .orTimeout(startTimeout.toMillis(), TimeUnit.MILLISECONDS)
                    .join();
        } catch (CompletionException e) {
            throw xvfb.failure("start", "no display; check that " + SOCKETS + " can be written and " + REMEDY);
        }
    }

    List<String> command(int width, int height) {
        return List.of(
                program,
                "-displayfd",
                "1",
                "-screen",
                "0",
                width + "x" + height + "x24",
                "-nolisten",
                "tcp",
                "-auth",
                authority.file().toString(),
                "-nocursor",
                "-s",
                "0",
                "-dpms",
                "-noreset");
    }

    /** Made by whoever starts the first display after a boot; it should be root's, else its owner can exchange sockets. */
    private void prepareSockets() {
        if (runtime.runAs().switching() && !Files.exists(SOCKETS)) {
            try {
                Files.createDirectory(SOCKETS);
                Files.setPosixFilePermissions(SOCKETS, PosixFilePermissions.fromString("rwxrwxrwx"));
                Files.setAttribute(SOCKETS, "unix:mode", 01777);
            } catch (IOException e) {
                System.getLogger(XvfbDisplays.class.getName())
                        .log(System.Logger.Level.DEBUG, "Leaving " + SOCKETS + " to Xvfb", e);
            }
        }
    }

    private static void requirePixels(String what, int pixels) {
        if (pixels < MIN_PIXELS || pixels > MAX_PIXELS) {
            throw new IllegalArgumentException(
                    what + " " + pixels + ": allowed are " + MIN_PIXELS + " to " + MAX_PIXELS + " pixels");
        }
    }

    /** How displays are opened. */
    public static final class Builder {
        private final RuntimeDirectory runtime;
        private String program = "Xvfb";
        private Duration startTimeout = Duration.ofSeconds(10);

        private Builder(RuntimeDirectory runtime) {
            this.runtime = runtime;
        }

        /** The program, by name or path; {@code Xvfb} where not given. */
        public Builder program(String nameOrPath) {
            this.program = nameOrPath;
            return this;
        }

        /** How long a display may take to be ready; 10 s where not given. */
        public Builder startTimeout(Duration timeout) {
            this.startTimeout = timeout;
            return this;
        }

        /**
         * Checks everything and writes the authority file.
         *
         * @throws ConfigException when a value is not allowed
         */
        public XvfbDisplays build() {
            Limits.startTimeout("display.startTimeout", startTimeout);
            return new XvfbDisplays(this);
        }
    }
}
