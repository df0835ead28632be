package org.sipmgw.testsupport;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A private Janus on loopback, with ports of its own, its videoroom plugin and its demo pages: a real conference to
 * test against. Needs Debian's packages janus and janus-demos. Thread-safe.
 */
public final class JanusServer implements AutoCloseable {

    private static final long START_MS = 10_000;
    private static final List<String> NOT_NEEDED_PLUGINS = List.of("audiobridge", "sip", "nosip", "duktape", "lua");

    private final Path directory;
    private final Program janus;
    private final DemoPages pages;
    private final int apiPort;
    private final JanusApi api;

    private JanusServer(Path directory, Program janus, DemoPages pages, int apiPort, JanusApi api) {
        this.directory = directory;
        this.janus = janus;
        this.pages = pages;
        this.apiPort = apiPort;
        this.api = api;
    }

    /** Starts one and waits until it answers. */
    public static JanusServer start() throws IOException {
        Path directory = Directories.temporary("janus");
        int apiPort = FreePorts.block(1);
        int rtp = FreePorts.block(200);
        configure(directory, apiPort, rtp);
        Program janus = Program.start(
                List.of(
                        "janus",
                        "-F",
                        directory.toString(),
                        "-C",
                        directory.resolve("janus.jcfg").toString()),
                directory,
                Map.of());
        try {
            URI uri = URI.create("http://127.0.0.1:" + apiPort + "/janus");
            janus.await(() -> JanusApi.answers(uri), START_MS);
            return new JanusServer(directory, janus, DemoPages.serve(apiPort), apiPort, JanusApi.attach(uri));
        } catch (IOException | RuntimeException e) {
            janus.close();
            Directories.delete(directory);
            throw e;
        }
    }

    /** Creates a videoroom. */
    public void createRoom(JanusRoom room) throws IOException {
        api.plugin(room.creation());
    }

    /** The page of a room, as a gateway is told; {@code {room}} in it where {@code room} is empty. */
    public String page(Optional<JanusRoom> room) {
        String number = room.map(r -> Long.toString(r.number())).orElse("{room}");
        return "http://127.0.0.1:" + pages.port() + "/videoroomtest.html?room=" + number;
    }

    /** The address of the API. */
    public URI api() {
        return URI.create("http://127.0.0.1:" + apiPort + "/janus");
    }

    /** Host and port of the demo pages. */
    public String pagesAuthority() {
        return "127.0.0.1:" + pages.port();
    }

    /** Names of those who publish in a room. */
    public List<String> participants(JanusRoom room) throws IOException {
        Object list = api.plugin(Map.of("request", "listparticipants", "room", room.number()))
                .get("participants");
        if (!(list instanceof List<?> publishers)) {
            throw new IOException("Janus names no participants of room " + room.number());
        }
        return publishers.stream()
                .map(p -> String.valueOf(((Map<?, ?>) p).get("display")))
                .toList();
    }

    /** Ends Janus at once, as a crash would; the pages stay. */
    public void kill() {
        janus.kill();
    }

    @Override
    public void close() {
        api.close();
        pages.close();
        janus.close();
        Directories.delete(directory);
    }

    private static void configure(Path directory, int apiPort, int rtp) throws IOException {
        Path root = libraries();
        Path none = Files.createDirectory(directory.resolve("none"));
        Files.writeString(directory.resolve("janus.jcfg"), """
                general: {
                  configs_folder = "%1$s"
                  plugins_folder = "%2$s/plugins"
                  transports_folder = "%2$s/transports"
                  events_folder = "%3$s"
                  loggers_folder = "%3$s"
                  debug_level = 4
                }
                media: {
                  rtp_port_range = "%4$d-%5$d"
                }
                nat: {
                  ice_enforce_list = "127.0.0.1"
                  ice_lite = false
                }
                plugins: {
                  disable = "%6$s"
                }
                transports: {
                  disable = "libjanus_websockets.so,libjanus_pfunix.so,libjanus_rabbitmq.so,libjanus_mqtt.so,libjanus_nanomsg.so"
                }
                """.formatted(
                        directory,
                        root,
                        none,
                        rtp,
                        rtp + 199,
                        String.join(
                                ",",
                                NOT_NEEDED_PLUGINS.stream()
                                        .map(p -> "libjanus_" + p + ".so")
                                        .toList())));
        Files.writeString(directory.resolve("janus.transport.http.jcfg"), """
                general: {
                  json = "compact"
                  base_path = "/janus"
                  http = true
                  port = %d
                  ip = "127.0.0.1"
                  https = false
                }
                admin: {
                  admin_http = false
                  admin_https = false
                }
                """.formatted(apiPort));
        Files.writeString(directory.resolve("janus.plugin.videoroom.jcfg"), "general: {\n}\n");
    }

    private static Path libraries() throws IOException {
        try (Stream<Path> candidates = Files.walk(Path.of("/usr/lib"), 2)) {
            return candidates
                    .filter(p -> p.endsWith("janus") && Files.isDirectory(p.resolve("plugins")))
                    .findFirst()
                    .orElseThrow(() -> new IOException("Janus is not installed: apt install janus janus-demos"));
        }
    }
}
