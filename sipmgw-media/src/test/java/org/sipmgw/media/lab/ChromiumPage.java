package org.sipmgw.media.lab;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A real headless Chromium that shows one page: it offers to receive audio and video and reports what it decodes. */
public final class ChromiumPage implements AutoCloseable {
    private final HttpServer server;
    private final ExecutorService handlers = Executors.newCachedThreadPool();
    private final Path profile;
    private final Process chromium;
    private final List<String> states = new CopyOnWriteArrayList<>();
    private volatile String stats = "{}";

    /** Starts the browser; {@code answerer} gets the page's offer and returns the answer. */
    public ChromiumPage(Function<String, String> answerer, String... flags) throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(handlers);
        server.createContext("/", exchange -> reply(exchange, page()));
        server.createContext("/state", exchange -> {
            states.add(body(exchange));
            reply(exchange, "");
        });
        server.createContext("/stats", exchange -> {
            stats = body(exchange);
            reply(exchange, "");
        });
        server.createContext("/offer", exchange -> {
            String answer = "";
            try {
                answer = answerer.apply(body(exchange));
            } catch (RuntimeException e) {
                states.add("error " + e);
            }
            reply(exchange, answer);
        });
        server.start();
        profile = Files.createTempDirectory("sipmgw-chromium");
        List<String> command = new ArrayList<>(List.of(
                "setsid",
                "chromium",
                "--headless=new",
                "--no-first-run",
                "--disable-gpu",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--autoplay-policy=no-user-gesture-required",
                "--user-data-dir=" + profile));
        if (System.getProperty("user.name").equals("root")) {
            command.add("--no-sandbox");
        }
        command.addAll(List.of(flags));
        command.add("http://127.0.0.1:" + server.getAddress().getPort() + "/");
        chromium = new ProcessBuilder(command)
                .redirectErrorStream(true)
                .redirectOutput(profile.resolve("log").toFile())
                .start();
    }

    /** What the page said of its connection, in order. */
    public List<String> states() {
        return states;
    }

    /** The newest report, JSON. */
    public String stats() {
        return stats;
    }

    /** A number of the newest report, for example {@code "video", "framesDecoded"}; 0 where it is not there. */
    public double number(String kind, String key) {
        return number(stats, kind, key);
    }

    private static double number(String json, String kind, String key) {
        int at = json.indexOf("\"" + kind + "\":");
        if (at < 0) {
            return 0;
        }
        int end = kind.equals("brightness") ? json.length() : json.indexOf('}', at);
        Matcher value = Pattern.compile("\"" + key + "\":(-?[0-9.eE+-]+)").matcher(json.substring(at, end));
        return value.find() ? Double.parseDouble(value.group(1)) : 0;
    }

    /** Waits until the report fulfils the condition, at most so long; whether it did. */
    public boolean await(int seconds, Predicate<ChromiumPage> condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(seconds);
        while (System.nanoTime() < end) {
            if (condition.test(this)) {
                return true;
            }
            pause(50);
        }
        return condition.test(this);
    }

    /** Sleeps. */
    public static void pause(int ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static String page() throws IOException {
        try (InputStream page = ChromiumPage.class.getResourceAsStream("page.html")) {
            return new String(page.readAllBytes(), StandardCharsets.UTF_8);
        }
    }

    private static String body(HttpExchange exchange) throws IOException {
        return new String(exchange.getRequestBody().readAllBytes(), StandardCharsets.UTF_8);
    }

    private static void reply(HttpExchange exchange, String text) throws IOException {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        String type = exchange.getRequestURI().getPath().equals("/") ? "text/html" : "text/plain";
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(200, bytes.length == 0 ? -1 : bytes.length);
        try (exchange) {
            if (bytes.length > 0) {
                exchange.getResponseBody().write(bytes);
            }
        }
    }

    @Override
    public void close() {
        chromium.descendants().forEach(ProcessHandle::destroyForcibly);
        chromium.destroyForcibly();
        try {
            chromium.waitFor(5, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        server.stop(0);
        handlers.shutdownNow();
        for (int i = 0; i < 20 && !deleted(); i++) {
            pause(50);
        }
    }

    private boolean deleted() {
        try (Stream<Path> files = Files.walk(profile)) {
            files.sorted(Comparator.reverseOrder())
                    .forEach(file -> file.toFile().delete());
        } catch (IOException | UncheckedIOException e) {
            return false;
        }
        return !Files.exists(profile);
    }
}
