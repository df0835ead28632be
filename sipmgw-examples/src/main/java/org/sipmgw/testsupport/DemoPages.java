package org.sipmgw.testsupport;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** Serves Debian's Janus demo pages on loopback with settings for one Janus. */
final class DemoPages implements AutoCloseable {

    private static final Path ROOT = Path.of("/usr/share/janus/demos");
    private static final Map<String, String> TYPES = Map.of(
            "html",
            "text/html",
            "js",
            "text/javascript",
            "css",
            "text/css",
            "png",
            "image/png",
            "json",
            "application/json");

    private final HttpServer server;
    private final ExecutorService threads;
    private final byte[] settings;

    private DemoPages(HttpServer server, int apiPort) {
        this.server = server;
        this.threads = Executors.newFixedThreadPool(4, task -> {
            Thread thread = new Thread(task, "janus-demo-pages");
            thread.setDaemon(true);
            return thread;
        });
        // the packaged file lacks token and apisecret
        this.settings = """
                var server = "http://127.0.0.1:%d/janus";
                var iceServers = [];
                var token = "";
                var apisecret = "";
                """.formatted(apiPort).getBytes(StandardCharsets.UTF_8);
        server.setExecutor(threads);
        server.createContext("/", this::serve);
        server.start();
    }

    static DemoPages serve(int apiPort) throws IOException {
        if (!Files.isDirectory(ROOT)) {
            throw new IOException("Janus's demo pages are not installed: apt install janus-demos");
        }
        return new DemoPages(
                HttpServer.create(new InetSocketAddress(InetAddress.getByName("127.0.0.1"), 0), 0), apiPort);
    }

    int port() {
        return server.getAddress().getPort();
    }

    @Override
    public void close() {
        server.stop(0);
        threads.shutdownNow();
    }

    private void serve(HttpExchange exchange) throws IOException {
        try (exchange) {
            String path = exchange.getRequestURI().getPath();
            Path file = ROOT.resolve(path.substring(1)).normalize();
            if (path.equals("/settings.js")) {
                send(exchange, settings, "text/javascript");
            } else if (file.startsWith(ROOT) && Files.isRegularFile(file)) {
                String name = file.getFileName().toString();
                String type = TYPES.getOrDefault(name.substring(name.lastIndexOf('.') + 1), "application/octet-stream");
                send(exchange, Files.readAllBytes(file), type);
            } else {
                exchange.sendResponseHeaders(404, -1);
            }
        }
    }

    private static void send(HttpExchange exchange, byte[] bytes, String type) throws IOException {
        exchange.getResponseHeaders().add("Content-Type", type);
        exchange.sendResponseHeaders(200, bytes.length);
        exchange.getResponseBody().write(bytes);
    }
}
