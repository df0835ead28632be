package org.sipmgw.browser;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.openqa.selenium.json.Json;
import org.sipmgw.process.ChildProcess;
import org.sipmgw.process.RuntimeDirectory;

/** A Janus of our own: Debian's program with our configuration, on loopback, with its demo pages served beside it. */
final class JanusServer implements AutoCloseable {
    private static final Path DEMOS = Path.of("/usr/share/janus/demos");
    private static final String API_TRANSACTION = "test";

    private final ChildProcess process;
    private final TestWeb web;
    private final URI api;
    private final HttpClient http = HttpClient.newHttpClient();

    private JanusServer(ChildProcess process, TestWeb web, URI api) {
        this.process = process;
        this.web = web;
        this.api = api;
    }

    static JanusServer start(RuntimeDirectory runtime) throws IOException, InterruptedException {
        int port = freePort();
        Path config = Files.createDirectory(runtime.newDirectory("janus").resolve("config"));
        Files.writeString(config.resolve("janus.jcfg"), general(config, libraries()));
        Files.writeString(config.resolve("janus.transport.http.jcfg"), """
                general: { base_path = "/janus", http = true, port = %d, ip = "127.0.0.1", https = false }
                admin: { admin_http = false, admin_https = false }
                """.formatted(port));
        Files.writeString(config.resolve("janus.plugin.videoroom.jcfg"), "general: { }\n");
        ChildProcess process = ChildProcess.builder(
                        runtime, "janus", List.of("janus", "-F", config.toString(), "-C", config + "/janus.jcfg"))
                .start();
        TestWeb web = new TestWeb(DEMOS)
                .page(
                        "/settings.js",
                        "var server = 'http://127.0.0.1:" + port + "/janus';\n"
                                + "var iceServers = []; var token = ''; var apisecret = '';\n");
        JanusServer janus = new JanusServer(process, web, URI.create("http://127.0.0.1:" + port + "/janus"));
        janus.awaitReady();
        return janus;
    }

    /** Only what a video room over HTTP needs is loaded. */
    private static String general(Path config, Path lib) throws IOException {
        return """
                general: {
                  configs_folder = "%1$s"
                  plugins_folder = "%2$s/plugins"
                  transports_folder = "%2$s/transports"
                  events_folder = "%2$s/events"
                  loggers_folder = "%2$s/loggers"
                  debug_level = 3
                }
                media: { rtp_port_range = "30000-45000" }
                plugins: { disable = "%3$s" }
                transports: { disable = "%4$s" }
                """.formatted(
                        config,
                        lib,
                        others(lib.resolve("plugins"), "libjanus_videoroom.so"),
                        others(lib.resolve("transports"), "libjanus_http.so"));
    }

    /** The address of the demo page for a room. */
    URI room(int number) {
        return web.uri("/videoroomtest.html?room=" + number + "&vcodec=h264");
    }

    String host() {
        return web.host();
    }

    TestWeb web() {
        return web;
    }

    ChildProcess process() {
        return process;
    }

    /** Makes a room; {@code extra} are further fields of Janus' create request. */
    void create(int number, Map<String, Object> extra) throws IOException, InterruptedException {
        Map<String, Object> body = new java.util.HashMap<>(Map.of(
                "request", "create", "room", number, "publishers", 6, "videocodec", "h264,vp8", "bitrate", 2_000_000));
        body.putAll(extra);
        Map<String, Object> answer = videoRoom(body);
        if (!"created".equals(answer.get("videoroom"))) {
            throw new IOException("room not created: " + answer);
        }
    }

    /** Who is in a room, as Janus says. */
    List<Map<String, Object>> participants(int number) throws IOException, InterruptedException {
        Object list =
                videoRoom(Map.of("request", "listparticipants", "room", number)).get("participants");
        return list instanceof List<?> l ? cast(l) : List.of();
    }

    @SuppressWarnings("unchecked")
    private static List<Map<String, Object>> cast(List<?> list) {
        return (List<Map<String, Object>>) list;
    }

    /** One request to the video room plugin, in a session of its own. */
    @SuppressWarnings("unchecked")
    Map<String, Object> videoRoom(Map<String, Object> body) throws IOException, InterruptedException {
        Object session = data(post("", Map.of("janus", "create", "transaction", API_TRANSACTION)));
        Object handle = data(post(
                "/" + session,
                Map.of("janus", "attach", "plugin", "janus.plugin.videoroom", "transaction", API_TRANSACTION)));
        Map<String, Object> answer = post(
                "/" + session + "/" + handle, Map.of("janus", "message", "transaction", API_TRANSACTION, "body", body));
        post("/" + session, Map.of("janus", "destroy", "transaction", API_TRANSACTION));
        return (Map<String, Object>) ((Map<String, Object>) answer.get("plugindata")).get("data");
    }

    private static Object data(Map<String, Object> answer) {
        Object id = ((Map<?, ?>) answer.get("data")).get("id");
        return String.valueOf(((Number) id).longValue());
    }

    private Map<String, Object> post(String path, Map<String, Object> body) throws IOException, InterruptedException {
        HttpResponse<String> response = http.send(
                HttpRequest.newBuilder(URI.create(api + path))
                        .POST(HttpRequest.BodyPublishers.ofString(new Json().toJson(body)))
                        .build(),
                HttpResponse.BodyHandlers.ofString());
        return new Json().toType(response.body(), Json.MAP_TYPE);
    }

    private void awaitReady() throws InterruptedException {
        for (int i = 0; i < 100; i++) {
            try {
                http.send(
                        HttpRequest.newBuilder(URI.create(api + "/info")).build(),
                        HttpResponse.BodyHandlers.discarding());
                return;
            } catch (IOException e) {
                Thread.sleep(100);
            }
        }
        throw process.failure("start", "it does not answer");
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Path libraries() throws IOException {
        try (Stream<Path> paths = Files.find(Path.of("/usr/lib"), 3, (path, a) -> path.endsWith("janus/plugins"))) {
            return paths.findFirst()
                    .orElseThrow(() -> new IOException("janus is not installed"))
                    .getParent();
        }
    }

    private static String others(Path directory, String wanted) throws IOException {
        try (Stream<Path> files = Files.list(directory)) {
            return String.join(
                    ",",
                    files.map(file -> file.getFileName().toString())
                            .filter(name -> name.endsWith(".so") && !name.equals(wanted))
                            .toList());
        }
    }

    @Override
    public void close() {
        web.close();
        process.close();
    }
}
