package org.sipmgw.examples;

import com.fasterxml.jackson.jr.ob.JSON;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.sipmgw.testsupport.JanusParticipant;
import org.sipmgw.testsupport.JanusRoom;
import org.sipmgw.testsupport.JanusServer;
import org.sipmgw.testsupport.LossyRelay;
import org.sipmgw.testsupport.Pattern;
import org.sipmgw.testsupport.PhoneMedia;
import org.sipmgw.testsupport.PreparedAudio;
import org.sipmgw.testsupport.PreparedVideo;
import org.sipmgw.testsupport.SentFrames;
import org.sipmgw.testsupport.Tones;

/** One run of the demo, from nothing to nothing. */
final class DemoRun {

    private static final long ROOM = 4217;
    private static final int PATIENCE = DemoLab.inside() ? DemoLab.PATIENCE : 1;
    private static final long START_MS = 30_000L * PATIENCE;
    private static final long JOIN_MS = 30_000L * PATIENCE;
    /** Browsers that stand ready: as many as where the configuration says nothing, none in the slow kernel. */
    private static final int WARM = DemoLab.inside() ? 0 : 1;

    /** Before measuring: the spare browser starts meanwhile, and rates rise. */
    private static final long SETTLE_MS = 4000;

    private static final long SHORT_CALL_MS = 2000;
    private static final long SAMPLE_MS = 500;
    private static final long NETWORK_SEED = 20261124;

    private final DemoWish wish;
    private final Path out;
    private final Consumer<String> lines;
    private final long startNs = System.nanoTime();
    private final List<DemoSample> samples = new ArrayList<>();
    private final DemoTimeLine timeLine = new DemoTimeLine();
    private Optional<BufferedImage> snapshot = Optional.empty();
    private Optional<DemoPage> html = Optional.empty();
    private boolean recognised;

    DemoRun(DemoWish wish, Path out, Consumer<String> lines) {
        this.wish = wish;
        this.out = out;
        this.lines = lines;
    }

    /** Runs; whether both directions were recognised and nothing is left behind. */
    boolean run() throws IOException {
        say("preparing pictures and sounds");
        PreparedVideo picture = PreparedVideo.of(
                new Pattern(PhoneMedia.CONFERENCE_SENDER, "Participant", wish.width(), wish.height(), 30),
                wish.codec(),
                1,
                wish.bitrateBps());
        PreparedAudio sound = PreparedAudio.of(Tones.CONFERENCE, "opus");
        say("starting Janus on loopback, with a second participant in room " + ROOM);
        try (JanusServer janus = JanusServer.start()) {
            JanusRoom room = JanusRoom.of(ROOM, wish.codec().toLowerCase(Locale.ROOT));
            janus.createRoom(room);
            try (JanusParticipant other = JanusParticipant.join(janus, room, "Participant", sound, picture)) {
                return surrounded(janus, other);
            }
        }
    }

    private boolean surrounded(JanusServer janus, JanusParticipant other) throws IOException {
        wish.registrar()
                .ifPresent(transport -> say("starting Kamailio, where the gateway registers over " + transport));
        wish.turn().ifPresent(transport -> say("starting coturn, through which the media go over " + transport));
        try (DemoSurroundings surroundings = DemoSurroundings.start(wish, Long.toString(ROOM), out)) {
            return gateway(janus, other, surroundings);
        }
    }

    private boolean gateway(JanusServer janus, JanusParticipant other, DemoSurroundings surroundings)
            throws IOException {
        Path config = out.resolve("gateway.yaml");
        Files.writeString(
                config,
                surroundings.configuration()
                        + """
                conference:
                  page: '%s'
                  allowedHosts: ['%s']
                  joinTimeoutSeconds: %d
                browser:
                  size: %dx%d
                  devices: %s
                %s""".formatted(
                                        janus.page(Optional.empty()),
                                        janus.pagesAuthority(),
                                        30 * PATIENCE,
                                        wish.width(),
                                        wish.height(),
                                        wish.devices().name().toLowerCase(Locale.ROOT),
                                        slow()));
        say("starting the gateway, and waiting for its warm browser");
        GatewayChild child = GatewayChild.start(config, out.resolve("gateway.log"));
        Map<String, Object> report;
        LeftBehind left;
        try {
            Map<String, Object> listening = child.await(0, "listening", e -> true, START_MS);
            awaitWarm(child, 0);
            for (String server : surroundings.registrars()) {
                registered(child, server);
            }
            String called =
                    surroundings.proxy().isPresent() ? surroundings.proxy().get() : firstPoint(listening);
            report = call(child, other, called);
            say("one more short call, then what calls leave behind is counted");
            if (surroundings.spare().isPresent()) {
                surroundings.kill();
                happened("the first registrar dies; the next call comes through the second");
            }
            String next = surroundings.proxy().orElse(called);
            shortCall(child, next);
            left = LeftBehind.after(child, WARM);
            timeLine.gateway(child.events());
        } finally {
            child.close();
        }
        Map<String, Object> counted = left.afterEnd(child);
        if (!left.threads().isEmpty()) {
            say("threads that the calls left: " + left.threads());
        }
        report.put("leftBehind", counted);
        return finish(
                report,
                counted.values().stream().allMatch(n -> Integer.valueOf(0).equals(n)));
    }

    /** What the gateway must know of the machine where everything takes longer. */
    private String slow() throws IOException {
        return DemoLab.inside()
                // one browser at a time: the next one's start would take the processor from the call
                ? "  warm: 0%n  patience: %d%n  chromium: %s%n".formatted(DemoLab.PATIENCE, DemoLab.browser(out))
                        + "calls:%n  roomSilenceSeconds: 0%n".formatted()
                : "";
    }

    private Map<String, Object> call(GatewayChild child, JanusParticipant other, String gateway) throws IOException {
        try (LossyRelay network = LossyRelay.open(NETWORK_SEED);
                RoomSystem room = RoomSystem.of(wish, gateway, network)) {
            Optional<DemoTrouble> trouble = wish.trouble() && room instanceof RoomSystem.Virtual virtual
                    ? Optional.of(new DemoTrouble(virtual, network, this::happened))
                    : Optional.empty();
            say((wish.virtual() ? "the virtual phone" : "baresip") + " calls room " + ROOM);
            timeLine.mark("called");
            int from = child.mark();
            long answerMs = room.call(Long.toString(ROOM));
            timeLine.mark("answered");
            say("answered after " + answerMs + " ms");
            Map<String, Object> joined = child.await(from, "state", e -> "CONNECTED".equals(e.get("state")), JOIN_MS);
            timeLine.mark("joined");
            say("joined after " + joined.get("joinMs") + " ms, " + (warm(joined) ? "warm" : "cold"));
            other.watch(room.participant(), JOIN_MS);
            long[] window = measure(child, room, other, joined, trouble);
            say("hanging up");
            room.hangUp();
            Map<String, Object> ended = child.await(from, "ended", e -> true, JOIN_MS);
            timeLine.mark("ended");
            say("decoding what both sides received");
            return report(room, other, joined, ended, answerMs, window);
        }
    }

    private void shortCall(GatewayChild child, String gateway) throws IOException {
        int from = child.mark();
        try (RoomSystem room = RoomSystem.small(wish, gateway)) {
            room.call(Long.toString(ROOM));
            child.await(from, "state", e -> "CONNECTED".equals(e.get("state")), JOIN_MS);
            pause(SHORT_CALL_MS);
            room.hangUp();
            child.await(from, "ended", e -> true, JOIN_MS);
            awaitWarm(child, from);
        }
    }

    private static void awaitWarm(GatewayChild child, int from) throws IOException {
        if (WARM > 0) {
            child.await(from, "warm", e -> !Integer.valueOf(0).equals(e.get("browsers")), START_MS);
        }
    }

    private static boolean warm(Map<String, Object> state) {
        return Boolean.TRUE.equals(state.get("warm"));
    }

    private long[] measure(
            GatewayChild child,
            RoomSystem room,
            JanusParticipant other,
            Map<String, Object> joined,
            Optional<DemoTrouble> trouble)
            throws IOException {
        Load load = new Load(
                child.pid(), number(joined, "browserPid"), number(joined, "displayPid"), number(joined, "soundPid"));
        pause(SETTLE_MS);
        other.requestKeyFrame();
        child.noteChildren();
        long from = System.nanoTime();
        timeLine.mark("measured from");
        DemoSample last = DemoSample.take(load, room, other);
        samples.add(last);
        long steps = wish.seconds() * 1000L / SAMPLE_MS;
        for (int i = 1; i <= steps; i++) {
            if (trouble.isPresent()) {
                trouble.get().at((double) i / steps);
            }
            pause(Math.max(1, from / 1_000_000 + (long) i * SAMPLE_MS - System.nanoTime() / 1_000_000));
            DemoSample now = DemoSample.take(load, room, other);
            samples.add(now);
            if (i % 4 == 0) {
                say(now.line((System.nanoTime() - from) / 1_000_000_000, samples.get(samples.size() - 5)));
            }
        }
        timeLine.mark("measured to");
        snapshot = room.snapshot();
        return new long[] {from, System.nanoTime()};
    }

    private void registered(GatewayChild child, String server) throws IOException {
        Map<String, Object> status = child.await(
                0,
                "registration",
                e -> "REGISTERED".equals(e.get("state")) && server.equals(e.get("server")),
                START_MS);
        timeLine.mark("registered");
        say("registered as " + status.get("account") + " at " + server);
    }

    private static String firstPoint(Map<String, Object> listening) throws IOException {
        if (listening.get("points") instanceof List<?> points && !points.isEmpty()) {
            String point = String.valueOf(points.get(0));
            return point.substring(point.indexOf(':') + 1);
        }
        throw new IOException("the gateway does not listen: " + listening);
    }

    private static long number(Map<String, Object> state, String key) {
        return state.get(key) instanceof Number n ? n.longValue() : -1;
    }

    private Map<String, Object> report(
            RoomSystem room,
            JanusParticipant other,
            Map<String, Object> joined,
            Map<String, Object> ended,
            long answerMs,
            long[] window)
            throws IOException {
        SentFrames byRoom = room.sent();
        DemoDirection in = DemoDirection.measure(
                new DemoDirection.Source(
                        other.video(), other.audio(), wish.codec(), PhoneMedia.ROOM_SENDER, Tones.ROOM),
                byRoom,
                window[0],
                window[1]);
        DemoDirection back = DemoDirection.measure(
                new DemoDirection.Source(
                        room.video(), room.audio(), wish.codec(), PhoneMedia.CONFERENCE_SENDER, Tones.CONFERENCE),
                other.sent(),
                window[0],
                window[1]);
        Map<String, Object> report = new LinkedHashMap<>();
        report.put(
                "call",
                ordered("established", true, "answerMs", answerMs, "endReason", String.valueOf(ended.get("cause"))));
        report.put("joined", ordered("ms", number(joined, "joinMs"), "warm", warm(joined)));
        if (joined.containsKey("camera")) {
            report.put(
                    "devices",
                    ordered(
                            "camera", String.valueOf(joined.get("camera")),
                            "microphone", String.valueOf(joined.get("microphone"))));
            report.put(
                    "machine",
                    DemoLab.inside()
                            ? "user-mode kernel, one slow processor: a quarter of the tones is enough"
                            : "this machine");
        }
        report.put("roomToConference", in.fields());
        report.put("conferenceToRoom", back.fields());
        report.put("cpuCores", DemoSample.cores(samples));
        report.put("memoryMb", DemoSample.memory(samples));
        recognised = in.recognised() && back.recognised();
        html = Optional.of(new DemoPage(wish, in, back, samples, timeLine, snapshot));
        return report;
    }

    private boolean finish(Map<String, Object> report, boolean clean) throws IOException {
        String json = JSON.std.with(JSON.Feature.PRETTY_PRINT_OUTPUT).asString(report);
        Files.writeString(out.resolve("report.json"), json + "\n");
        Files.writeString(out.resolve("report.html"), html.orElseThrow().text(report));
        lines.accept(json);
        say((recognised ? "both directions recognised" : "NOT both directions recognised") + ", "
                + (clean ? "nothing left behind" : "something LEFT BEHIND") + "; report in " + out.toAbsolutePath());
        return recognised && clean;
    }

    private static Map<String, Object> ordered(Object... pairs) {
        Map<String, Object> map = new LinkedHashMap<>();
        for (int i = 0; i < pairs.length; i += 2) {
            map.put(String.valueOf(pairs[i]), pairs[i + 1]);
        }
        return map;
    }

    private void happened(String what) {
        timeLine.mark(what);
        say(what);
    }

    private void say(String line) {
        lines.accept(String.format(Locale.ROOT, "%6.1f s  %s", (System.nanoTime() - startNs) / 1e9, line));
    }

    private static void pause(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
