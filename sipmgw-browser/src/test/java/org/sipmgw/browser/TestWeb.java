package org.sipmgw.browser;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A web server on loopback: pages given as text, and files under a directory. */
final class TestWeb implements AutoCloseable {
    private static final Map<String, String> TYPES =
            Map.of("html", "text/html; charset=utf-8", "js", "text/javascript", "css", "text/css", "png", "image/png");

    private final HttpServer server;
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final Map<String, Answer> answers = new ConcurrentHashMap<>();
    private final Map<String, Runnable> actions = new ConcurrentHashMap<>();
    private final Path files;

    private record Answer(int status, String body, Map<String, String> headers) {}

    TestWeb(Path files) throws IOException {
        this.files = files;
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", this::handle);
        server.start();
    }

    int port() {
        return server.getAddress().getPort();
    }

    String host() {
        return "127.0.0.1:" + port();
    }

    URI uri(String pathAndQuery) {
        return URI.create("http://" + host() + pathAndQuery);
    }

    TestWeb page(String path, String body) {
        return page(path, body, Map.of());
    }

    TestWeb page(String path, String body, Map<String, String> headers) {
        answers.put(path, new Answer(200, body, headers));
        return this;
    }

    TestWeb status(String path, int status) {
        answers.put(path, new Answer(status, "status " + status, Map.of()));
        return this;
    }

    /** Runs something when a page asks for the path, before it is answered. */
    TestWeb told(String path, Runnable action) {
        actions.put(path, action);
        return page(path, "told");
    }

    private void handle(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            String type = TYPES.getOrDefault(path.substring(path.lastIndexOf('.') + 1), "application/octet-stream");
            actions.getOrDefault(path, () -> {}).run();
            Answer given = answers.get(path);
            Path file = files.resolve(path.substring(1)).normalize();
            exchange.getResponseHeaders().set("Content-Type", type);
            byte[] body;
            int status = 200;
            if (given != null) {
                given.headers()
                        .forEach((name, value) -> exchange.getResponseHeaders().put(name, List.of(value)));
                body = given.body().getBytes(StandardCharsets.UTF_8);
                status = given.status();
            } else if (file.startsWith(files) && Files.isRegularFile(file)) {
                body = Files.readAllBytes(file);
            } else {
                body = new byte[0];
                status = 404;
            }
            exchange.sendResponseHeaders(status, body.length == 0 ? -1 : body.length);
            if (body.length > 0) {
                exchange.getResponseBody().write(body);
            }
        }
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }
}
