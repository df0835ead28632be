package org.sipmgw.testsupport;

import com.fasterxml.jackson.jr.ob.JSON;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ThreadLocalRandom;
import org.jspecify.annotations.Nullable;

/** One session with one videoroom handle at Janus's HTTP API; kept alive by its own thread. Thread-safe. */
final class JanusApi implements AutoCloseable {

    private static final Duration TIMEOUT = Duration.ofSeconds(5);
    private static final long KEEP_ALIVE_MS = 20_000;

    private final HttpClient http;
    private final URI base;
    private final long session;
    private final long handle;
    private final Thread keepAlive;
    private volatile boolean closed;

    private JanusApi(HttpClient http, URI base, long session, long handle) {
        this.http = http;
        this.base = base;
        this.session = session;
        this.handle = handle;
        this.keepAlive = new Thread(this::keepAlive, "janus-api-" + session);
        keepAlive.setDaemon(true);
        keepAlive.start();
    }

    /** Whether a Janus answers there. */
    static boolean answers(URI base) {
        try {
            HttpRequest request = HttpRequest.newBuilder(URI.create(base + "/info"))
                    .timeout(TIMEOUT)
                    .build();
            return client().send(request, BodyHandlers.discarding()).statusCode() == 200;
        } catch (IOException e) {
            return false;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    static JanusApi attach(URI base) throws IOException {
        HttpClient http = client();
        long session = id(post(http, base, "", Map.of("janus", "create")));
        long handle =
                id(post(http, base, "/" + session, Map.of("janus", "attach", "plugin", "janus.plugin.videoroom")));
        return new JanusApi(http, base, session, handle);
    }

    /** Asks the plugin something that it answers at once. */
    Map<String, Object> plugin(Map<String, Object> body) throws IOException {
        Map<String, Object> answer =
                post(http, base, "/" + session + "/" + handle, Map.of("janus", "message", "body", body));
        Map<String, Object> data = map(map(answer.get("plugindata")).get("data"));
        if (data.containsKey("error")) {
            throw new IOException("Janus: " + body.get("request") + ": " + data.get("error"));
        }
        return data;
    }

    @Override
    public void close() {
        closed = true;
        keepAlive.interrupt();
        try {
            post(http, base, "/" + session, Map.of("janus", "destroy"));
        } catch (IOException e) {
            System.getLogger(JanusApi.class.getName())
                    .log(System.Logger.Level.DEBUG, "Janus is gone before its session", e);
        }
    }

    @SuppressWarnings("unchecked")
    static Map<String, Object> map(@Nullable Object value) {
        return value instanceof Map<?, ?> ? (Map<String, Object>) value : Map.of();
    }

    private void keepAlive() {
        while (!closed) {
            Program.pause(KEEP_ALIVE_MS);
            if (!closed) {
                try {
                    post(http, base, "/" + session, Map.of("janus", "keepalive"));
                } catch (IOException e) {
                    return;
                }
            }
        }
    }

    private static HttpClient client() {
        return HttpClient.newBuilder()
                .version(HttpClient.Version.HTTP_1_1)
                .connectTimeout(TIMEOUT)
                .build();
    }

    private static long id(Map<String, Object> answer) throws IOException {
        if (map(answer.get("data")).get("id") instanceof Number id) {
            return id.longValue();
        }
        throw new IOException("Janus: " + answer);
    }

    private static Map<String, Object> post(HttpClient http, URI base, String path, Map<String, Object> message)
            throws IOException {
        Map<String, Object> body = new LinkedHashMap<>(message);
        body.put("transaction", Long.toHexString(ThreadLocalRandom.current().nextLong()));
        HttpRequest request = HttpRequest.newBuilder(URI.create(base + path))
                .timeout(TIMEOUT)
                .header("Content-Type", "application/json")
                .POST(BodyPublishers.ofString(JSON.std.asString(body)))
                .build();
        try {
            return JSON.std.mapFrom(http.send(request, BodyHandlers.ofString()).body());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException("interrupted", e);
        }
    }
}
