package org.sipmgw.browser;

import java.net.MalformedURLException;
import java.net.URI;
import java.net.URL;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sipmgw.process.ChildProcess;
import org.sipmgw.spi.DeviceException;

/**
 * chromedriver, the root of one browser's process tree. It listens on loopback at a port of its own choice and starts
 * Chromium as its child, so that ending this tree ends everything.
 */
final class DriverProcess implements AutoCloseable {
    private static final Pattern STARTED = Pattern.compile("started successfully on port (\\d+)");
    private static final long START_TIMEOUT_MS = 10_000;
    private static final int PORT_ATTEMPTS = 3;

    private final ChildProcess process;
    private final CompletableFuture<Integer> port;

    private DriverProcess(ChildProcess process, CompletableFuture<Integer> port) {
        this.process = process;
        this.port = port;
    }

    /**
     * Starts it and waits until it listens.
     *
     * @param environment what Chromium needs to find its display and its sound
     * @throws DeviceException when it does not start
     */
    static DriverProcess start(BrowserConfig config, Map<String, String> environment) {
        for (int attempt = 1; ; attempt++) {
            try {
                return startOnce(config, environment);
            } catch (DeviceException e) {
                // it chooses a port for IPv6 and needs the same for IPv4, which somebody else may have
                boolean bad = String.valueOf(e.getMessage()).contains("port not available");
                if (!bad || attempt == PORT_ATTEMPTS) {
                    throw e;
                }
            }
        }
    }

    private static DriverProcess startOnce(BrowserConfig config, Map<String, String> environment) {
        CompletableFuture<Integer> port = new CompletableFuture<>();
        ChildProcess process = ChildProcess.builder(
                        config.runtime(),
                        "browser",
                        List.of(config.programs().chromedriver(), "--port=0", "--log-level=WARNING"))
                .environment(environment)
                .grace(Duration.ofMillis(500)) // it has nothing to save
                .remedy("apt-get install chromium chromium-driver")
                .onLine(line -> {
                    Matcher matcher = STARTED.matcher(line);
                    if (matcher.find()) {
                        port.complete(Integer.valueOf(matcher.group(1)));
                    }
                })
                .start();
        process.onExit().thenAccept(code -> port.completeExceptionally(new IllegalStateException("it ended")));
        DriverProcess driver = new DriverProcess(process, port);
        try {
            port.get(START_TIMEOUT_MS * config.patience(), TimeUnit.MILLISECONDS);
            return driver;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw driver.failed("interrupted");
        } catch (ExecutionException | TimeoutException e) {
            throw driver.failed("it does not listen");
        }
    }

    private DeviceException failed(String detail) {
        DeviceException failure = process.failure("start", detail);
        process.close();
        return failure;
    }

    /** Where it takes commands. */
    URL address() {
        try {
            return URI.create("http://127.0.0.1:" + port.join()).toURL();
        } catch (MalformedURLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** A directory of this browser alone, removed with it. */
    Path home() {
        return process.home();
    }

    /**
     * Takes down who belongs to it now. Chromium's zygotes overwrite their environment, by which they would else be known:
     * when driver and browser are killed at once, only who was seen before is found.
     */
    void remember() {
        process.tree();
    }

    long pid() {
        return process.pid();
    }

    CompletionStage<Integer> onExit() {
        return process.onExit();
    }

    @Override
    public void close() {
        process.close();
    }
}
