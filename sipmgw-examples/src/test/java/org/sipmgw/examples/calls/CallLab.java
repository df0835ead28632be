package org.sipmgw.examples.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.sipmgw.Call;
import org.sipmgw.CallState;
import org.sipmgw.Gateway;
import org.sipmgw.GatewayConfig;
import org.sipmgw.ListeningPoint;
import org.sipmgw.RoomResolver;
import org.sipmgw.browser.BrowserJoiner;
import org.sipmgw.browser.JanusVideoRoomPage;
import org.sipmgw.devices.PulseSpeakers;
import org.sipmgw.devices.XvfbDisplays;
import org.sipmgw.media.BridgedMediaEngine;
import org.sipmgw.process.RunAs;
import org.sipmgw.process.RuntimeDirectory;
import org.sipmgw.spi.MediaEngine;
import org.sipmgw.spi.NatPolicy;
import org.sipmgw.testsupport.JanusParticipant;
import org.sipmgw.testsupport.JanusRoom;
import org.sipmgw.testsupport.JanusServer;
import org.sipmgw.testsupport.NatLab;
import org.sipmgw.testsupport.Pattern;
import org.sipmgw.testsupport.PhoneMedia;
import org.sipmgw.testsupport.PreparedAudio;
import org.sipmgw.testsupport.PreparedVideo;
import org.sipmgw.testsupport.Tones;
import org.sipmgw.testsupport.VirtualCall;

/** A complete gateway in this JVM and a conference server of its own, shared by the tests of a class. */
final class CallLab implements AutoCloseable {

    static final int WIDTH = 640;
    static final int HEIGHT = 360;
    private static final int LISTENER_SENDER = 9;
    private static final int BITRATE_BPS = 600_000;

    /** Of all labs of this JVM: encoding them takes longer than many a call. */
    private static final Map<String, PreparedVideo> PICTURES = new ConcurrentHashMap<>();

    private static final Map<String, PreparedAudio> SOUNDS = new ConcurrentHashMap<>();

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final AtomicLong rooms = new AtomicLong(1000);
    private final CallLog log = new CallLog();
    private final JanusServer janus;
    private final MediaEngine engine;
    private final BrowserJoiner joiner;
    private final Gateway gateway;
    private final int warm;

    private CallLab(int warm, GatewayConfig config, ListeningPoint point, NatPolicy nat) throws IOException {
        this.warm = warm;
        try {
            janus = made(JanusServer.start());
            RuntimeDirectory runtime = made(RuntimeDirectory.open(RunAs.ordinaryUser()));
            int first = 16_000 + ThreadLocalRandom.current().nextInt(60) * 200;
            engine = made(BridgedMediaEngine.builder()
                    .rtpPorts(first, first + 197)
                    .icePort(first + 198)
                    .nat(nat)
                    .build());
            joiner = made(BrowserJoiner.builder(runtime)
                    .displays(XvfbDisplays.builder(runtime).build())
                    .speakers(PulseSpeakers.builder(runtime).build())
                    .pages(List.of(new JanusVideoRoomPage()))
                    .allowedHosts(List.of(janus.pagesAuthority()))
                    .warm(warm)
                    .displaySize(WIDTH, HEIGHT)
                    .build());
            gateway = made(Gateway.builder()
                    .listen(point)
                    .mediaEngine(engine)
                    .joiner(joiner)
                    .rooms(RoomResolver.template(janus.page(Optional.empty()), Optional.empty()))
                    .config(config)
                    .listener(log)
                    .build());
            gateway.start();
        } catch (IOException | RuntimeException e) {
            close();
            throw e;
        }
    }

    /** A browser is started for each call: one that stands ready would be followed by another, which costs as much again. */
    static CallLab open() throws IOException {
        return open(0, GatewayConfig.defaults());
    }

    static CallLab open(int warm, GatewayConfig config) throws IOException {
        return new CallLab(warm, config, ListeningPoint.udp("127.0.0.1", 0), NatPolicy.none());
    }

    /** At the place for gateways in a net with NATs. */
    static CallLab open(GatewayConfig config, NatLab net, NatPolicy nat) throws IOException {
        return new CallLab(0, config, ListeningPoint.udp(net.gatewayAddress(), net.sipPort()), nat);
    }

    /** A new room with a participant that shows and plays its own pattern. */
    Conference conference() throws IOException {
        JanusRoom room = JanusRoom.of(rooms.incrementAndGet(), "vp8");
        return Conference.open(
                janus,
                room,
                sound(Tones.CONFERENCE, "opus"),
                picture(PhoneMedia.CONFERENCE_SENDER, "VP8", 0, WIDTH, HEIGHT));
    }

    /** What a room system with these codecs plays; prepared once. */
    PhoneMedia media(String video, int mode, String audio) throws IOException {
        return new PhoneMedia(
                sound(Tones.ROOM, audio), picture(PhoneMedia.ROOM_SENDER, video, mode, WIDTH, HEIGHT), true);
    }

    /** H.264 in mode 1 and Opus. */
    PhoneMedia media() throws IOException {
        return media("H264", 1, "opus");
    }

    /** A second room system with a pattern and beeps of its own. */
    PhoneMedia secondMedia() throws IOException {
        return new PhoneMedia(
                sound(Tones.SECOND_ROOM, "opus"),
                picture(PhoneMedia.SECOND_ROOM_SENDER, "H264", 1, WIDTH, HEIGHT),
                true);
    }

    /** Another participant of the conference, whose pattern nobody looks for. */
    JanusParticipant silentParticipant(Conference conference) throws IOException {
        return JanusParticipant.join(
                janus,
                conference.room(),
                "Listener",
                sound(Tones.CONFERENCE, "opus"),
                picture(LISTENER_SENDER, "VP8", 0, 320, 180));
    }

    PreparedVideo picture(int sender, String codec, int mode, int width, int height) throws IOException {
        String key = sender + codec + mode + "-" + width;
        PreparedVideo made = PICTURES.get(key);
        if (made == null) {
            made = PreparedVideo.of(
                    new Pattern(sender, "Sender " + sender, width, height, 30), codec, mode, BITRATE_BPS);
            PICTURES.put(key, made);
        }
        return made;
    }

    private PreparedAudio sound(Tones tones, String codec) throws IOException {
        String key = tones.pilotHz() + codec;
        PreparedAudio made = SOUNDS.get(key);
        if (made == null) {
            made = PreparedAudio.of(tones, codec);
            SOUNDS.put(key, made);
        }
        return made;
    }

    /** What the phone gets of the conference. */
    static Watch watch(String name, VirtualCall call, PhoneMedia media) {
        return new Watch(
                "participant at " + name,
                call.video(),
                media.video().codec(),
                PhoneMedia.CONFERENCE_SENDER,
                call.audio(),
                media.audio().codec(),
                Tones.CONFERENCE,
                call::requestKeyFrame);
    }

    /** Host and port where the gateway takes calls. */
    String authority() {
        return "127.0.0.1:" + gateway.listeningPoints().get(0).port();
    }

    String uri(Conference conference) {
        return "sip:" + conference.user() + "@" + authority();
    }

    /** Waits until a browser stands ready, as in a gateway that is not hurried. */
    void awaitWarm() throws Exception {
        await("a warm browser", () -> joiner.warm() >= warm);
    }

    /** The gateway's side of a call that is there. */
    Call onlyCall() {
        assertThat(gateway.calls()).hasSize(1);
        return gateway.calls().get(0);
    }

    /** Waits until the call is in the conference. */
    static void awaitConnected(Call call) throws Exception {
        await("connected", () -> {
            assertThat(call.endReason()).isEmpty();
            return call.state() == CallState.CONNECTED;
        });
    }

    /** Waits for {@code condition}; fails naming it. */
    static void await(String what, Callable<Boolean> condition) throws Exception {
        await(() -> what, condition);
    }

    /** As above; {@code what} is asked for when it fails. */
    static void await(Supplier<String> what, Callable<Boolean> condition) throws Exception {
        long end = System.nanoTime() + Watch.PATIENCE_MS * 1_000_000;
        while (!condition.call()) {
            assertThat(System.nanoTime())
                    .as(() -> "still waiting for " + what.get())
                    .isLessThan(end);
            Thread.sleep(20);
        }
    }

    /** Nothing of a call is left. */
    void awaitNothingLeft() throws Exception {
        await("no call", () -> gateway.calls().isEmpty());
        await("no media", () -> engine.inventory().equals(new MediaEngine.Inventory(0, 0, 0)));
    }

    /** Living processes that this JVM has started, and their descendants. */
    static long children() {
        return ProcessHandle.current().descendants().count();
    }

    Gateway gateway() {
        return gateway;
    }

    JanusServer janus() {
        return janus;
    }

    MediaEngine engine() {
        return engine;
    }

    /** What the gateway told of its calls. */
    CallLog log() {
        return log;
    }

    private <T extends AutoCloseable> T made(T part) {
        parts.push(part);
        return part;
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                throw new IllegalStateException("not closed", e);
            }
        }
    }
}
