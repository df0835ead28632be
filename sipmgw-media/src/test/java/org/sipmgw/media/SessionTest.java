package org.sipmgw.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.media.lab.ChromiumPage;
import org.sipmgw.media.lab.FakePage;
import org.sipmgw.media.lab.FakeRoom;
import org.sipmgw.media.lab.Nowhere;
import org.sipmgw.media.rtp.Bytes;
import org.sipmgw.media.rtp.CommonClock;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.rtp.RtcpHandler;
import org.sipmgw.media.rtp.RtcpReader;
import org.sipmgw.media.rtp.RtcpWriter;
import org.sipmgw.media.rtp.Rtp;
import org.sipmgw.sdp.Direction;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.RtcpFeedback;
import org.sipmgw.sdp.RtpCodec;
import org.sipmgw.spi.DisplayPort;
import org.sipmgw.spi.MediaEngine;
import org.sipmgw.spi.MediaListener;

/** A session between a room's sockets and a page without a browser, both on loopback. */
@Tag("media")
class SessionTest {
    private static final RtpCodec OPUS = new RtpCodec("opus", 97, 48_000, 2, Map.of());
    private static final RtpCodec H264 = new RtpCodec("H264", 96, 90_000, 1, Map.of("packetization-mode", "1"));
    private static final int NACK = 20_501;
    private static final int TMMBN = 20_504;
    private static final int PLI = 20_601;

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final FakeCapture capture = new FakeCapture();
    private final BridgedMediaEngine engine = BridgedMediaEngine.builder().build(capture);
    private final MediaListener listener = new MediaListener() {
        @Override
        public void onDtmf(char key) {
            events.add("key " + key);
        }

        @Override
        public void onCaptureLost(DisplayPort display, String detail) {
            events.add("lost " + detail);
        }

        @Override
        public void onPageConnected(boolean connected) {
            events.add("page " + connected);
        }
    };
    private BridgedMediaSession session;
    private FakeRoom audio;
    private FakeRoom video;
    private FakePage page;

    @BeforeEach
    void open() throws Exception {
        session = (BridgedMediaSession) engine.open(InetAddress.getLoopbackAddress(), listener);
        audio = new FakeRoom(MediaKind.AUDIO, session.localMedia());
        video = new FakeRoom(MediaKind.VIDEO, session.localMedia());
        page = new FakePage();
        session.configure(List.of(
                audio.stream(OPUS, Direction.SENDRECV),
                video.stream(H264, Direction.SENDRECV, RtcpFeedback.PLI, RtcpFeedback.NACK, RtcpFeedback.TMMBR)));
    }

    @AfterEach
    void close() {
        session.close();
        assertThat(engine.inventory()).isEqualTo(new MediaEngine.Inventory(0, 0, 0));
        engine.close();
        page.close();
        audio.close();
        video.close();
    }

    private static boolean await(BooleanSupplier condition) {
        for (int i = 0; i < 1000 && !condition.getAsBoolean(); i++) {
            ChromiumPage.pause(10);
        }
        return condition.getAsBoolean();
    }

    private void connect() throws Exception {
        assertThat(page.connect(session)).isTrue();
        // the page may have its keys before the session has
        assertThat(await(() -> events.contains("page true"))).isTrue();
    }

    private void sendPicture(int sequence, int timestamp) throws IOException {
        video.send(Rtp.bytes(Rtp.packet(96, sequence, timestamp, 0x77, 0x41, 0x9A, 0x20, sequence)));
    }

    @Test
    void payloadsReachThePageBitExact() throws Exception {
        connect();
        List<byte[]> sent = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            Packet packet = Rtp.packet(97, 65_500 + i, i * 960, 0x33, i, 2, 3, i * 7);
            sent.add(Rtp.payload(packet));
            audio.send(Rtp.bytes(packet));
        }
        assertThat(await(() -> page.rtp().size() == 100)).isTrue();
        for (int i = 0; i < 100; i++) {
            Packet received = new Packet(page.rtp().get(i)).view(0, page.rtp().get(i).length);
            assertThat(Rtp.payload(received)).isEqualTo(sent.get(i));
            assertThat(received.payloadType()).isEqualTo(111);
        }
    }

    @Test
    void whatIsMissingIsAskedOfTheRoomByItsOwnNumber() throws Exception {
        connect();
        sendPicture(5_000, 0);
        sendPicture(5_002, 3_000);
        assertThat(await(() -> page.rtp().size() == 2)).isTrue();
        Packet second = new Packet(page.rtp().get(1)).view(0, 16);
        assertThat(await(() -> !video.control(NACK).isEmpty())).isTrue();
        byte[] nack = video.control(NACK).get(0).bytes();
        assertThat(Bytes.uint16(nack, nack.length - 4)).isEqualTo(5_001);
        assertThat(Bytes.int32(nack, nack.length - 8)).isEqualTo(0x77);
        page.pictureLoss(second.ssrc());
        assertThat(await(() -> !video.control(PLI).isEmpty())).isTrue();
    }

    @Test
    void aKeyIsReportedOnceAndNeverForwarded() throws Exception {
        connect();
        audio.send(Rtp.bytes(Rtp.packet(97, 1, 0, 0x33, 1)));
        for (int i = 0; i < 6; i++) {
            audio.send(Rtp.bytes(Rtp.packet(101, 2 + i, 960, 0x33, 9, i > 2 ? 0x80 : 0, 0, 160)));
        }
        audio.send(Rtp.bytes(Rtp.packet(97, 8, 9_600, 0x33, 2)));
        assertThat(await(() -> page.rtp().size() == 2)).isTrue();
        assertThat(events).containsOnlyOnce("key 9");
        int first = Bytes.uint16(page.rtp().get(0), 2);
        assertThat(Bytes.uint16(page.rtp().get(1), 2)).isEqualTo((first + 1) & 0xFFFF);
    }

    @Test
    void strangersAndUnknownTypesAreDropped() throws Exception {
        connect();
        audio.send(Rtp.bytes(Rtp.packet(97, 1, 0, 0x33, 1)));
        audio.send(Rtp.bytes(Rtp.packet(77, 2, 0, 0x33, 1)));
        try (FakeRoom stranger = new FakeRoom(MediaKind.AUDIO, session.localMedia())) {
            stranger.send(Rtp.bytes(Rtp.packet(97, 2, 0, 0x99, 1)));
        }
        audio.send(Rtp.bytes(Rtp.packet(97, 2, 960, 0x33, 2)));
        assertThat(await(() -> page.rtp().size() == 2)).isTrue();
        PathCounters ends = session.tracks().audio().path().ends();
        assertThat(ends.of(PathStatus.UNKNOWN_PAYLOAD_TYPE)).isEqualTo(1);
        assertThat(ends.of(PathStatus.STRANGER)).isEqualTo(1);
    }

    @Test
    void reportsGoWhereTheSenderOfTheMediaIsAndToNobodyElse() throws Exception {
        try (FakeRoom stranger = new FakeRoom(MediaKind.AUDIO, session.localMedia())) {
            stranger.sendControl(receiverReport(0x99));
            assertThat(await(() -> stranger.address().equals(reportsGoTo())))
                    .as("the first is followed")
                    .isTrue();
            audio.send(Rtp.bytes(Rtp.packet(97, 1, 0, 0x33, 1)));
            assertThat(await(() -> session.tracks().audio().statistics().packets() == 1))
                    .isTrue();
            audio.sendControl(receiverReport(0x33));
            assertThat(await(() -> audio.address().equals(reportsGoTo()))).isTrue();
            long read = session.tracks().audio().path().ends().of(PathStatus.CONTROL);
            stranger.sendControl(receiverReport(0x99));
            assertThat(await(() -> session.tracks().audio().path().ends().of(PathStatus.CONTROL) > read))
                    .isTrue();
            assertThat(reportsGoTo()).isEqualTo(audio.address());
        }
    }

    private InetSocketAddress reportsGoTo() {
        AtomicReference<InetSocketAddress> found = new AtomicReference<>();
        engine.loop().await(() -> found.set(session.tracks().audio().control().destination()));
        return found.get();
    }

    private static byte[] receiverReport(int ssrc) {
        Packet packet = new Packet(new byte[64]);
        new RtcpWriter(packet).receiverReport(ssrc);
        return Rtp.bytes(packet);
    }

    @Test
    void aRoomThatComesBackFromHoldSilentIsReportedAgain() throws Exception {
        List<Duration> silences = new ArrayList<>();
        SilenceWatch watch = new SilenceWatch(new MediaListener() {
            @Override
            public void onRoomSilent(Duration silence) {
                silences.add(silence);
            }
        });
        List<RoomTrack> tracks = session.tracks().both();
        engine.loop().await(() -> {
            for (int second = 0; second <= 6; second++) {
                watch.tick(tracks, second * 1_000_000_000L);
            }
        });
        assertThat(silences).as("reported once").hasSize(1);
        session.configure(List.of(audio.stream(OPUS, Direction.RECVONLY), video.stream(H264, Direction.RECVONLY)));
        engine.loop().await(() -> watch.tick(tracks, 7_000_000_000L));
        session.configure(List.of(audio.stream(OPUS, Direction.SENDRECV), video.stream(H264, Direction.SENDRECV)));
        engine.loop().await(() -> watch.tick(tracks, 8_000_000_000L));
        assertThat(silences).hasSize(1);
        engine.loop().await(() -> watch.tick(tracks, 13_000_000_000L));
        assertThat(silences).containsExactly(Duration.ofSeconds(5), Duration.ofSeconds(5));
    }

    private long keyFrames() {
        return capture.asked.stream().filter("key frame"::equals).count();
    }

    @Test
    void theRoomsFeedbackReachesTheEncoder() throws Exception {
        session.capture(Nowhere.DISPLAY, Nowhere.SPEAKER);
        int ssrc = session.tracks().video().outgoing().ssrc();
        Packet packet = new Packet(new byte[256]);
        new RtcpWriter(packet).receiverReport(1).pictureLoss(1, ssrc);
        // the capture takes wishes a moment after it is open
        for (int i = 0; i < 50 && keyFrames() == 0; i++) {
            video.sendControl(Rtp.bytes(packet));
            ChromiumPage.pause(100);
        }
        long first = keyFrames();
        assertThat(first).isPositive();
        // TMMBR of 512 kb/s: mantissa 128000, exponent 2
        byte[] request = new byte[20];
        request[0] = (byte) 0x83;
        request[1] = (byte) 205;
        request[3] = 4;
        request[7] = 9;
        Bytes.int32(request, 12, ssrc);
        Bytes.int32(request, 16, (2 << 26) | (128_000 << 9) | 40);
        video.sendControl(request);
        assertThat(await(() -> capture.asked.contains("bitrate 495483")))
                .as("asked %s", capture.asked)
                .isTrue();
        assertThat(await(() -> !video.control(TMMBN).isEmpty())).isTrue();
        for (int i = 0; i < 3; i++) {
            new RtcpWriter(packet).receiverReport(1).fullIntra(1, ssrc, 5);
            video.sendControl(Rtp.bytes(packet));
        }
        new RtcpWriter(packet).receiverReport(1).fullIntra(1, ssrc, 6);
        video.sendControl(Rtp.bytes(packet));
        assertThat(await(() -> keyFrames() == first + 2)).isTrue();
    }

    @Test
    void reportsOfSoundAndPictureShareOneClockAndName() throws Exception {
        connect();
        long ntp = 4_000_000_000L << 32;
        Packet packet = new Packet(new byte[256]);
        for (int i = 0; i < 60; i++) {
            audio.send(Rtp.bytes(Rtp.packet(97, i, i * 2_400, 0x33, 1)));
            sendPicture(i, i * 4_500);
            if (i == 2) {
                // both streams: timestamp 0 was taken at the same moment
                new RtcpWriter(packet).senderReport(0x33, ntp, 0, 1, 1);
                audio.sendControl(Rtp.bytes(packet));
                new RtcpWriter(packet).senderReport(0x77, ntp, 0, 1, 1);
                video.sendControl(Rtp.bytes(packet));
            }
            ChromiumPage.pause(50);
        }
        Map<Integer, Long> zero = new HashMap<>();
        Map<Integer, Integer> firstTimestamps = new HashMap<>();
        page.rtp().forEach(bytes -> {
            Packet received = new Packet(bytes).view(0, bytes.length);
            firstTimestamps.putIfAbsent(received.ssrc(), received.timestamp());
        });
        for (byte[] bytes : page.rtcp()) {
            new RtcpReader().read(new Packet(bytes).view(0, bytes.length), new RtcpHandler() {
                @Override
                public void senderReport(int ssrc, long at, int timestamp) {
                    int rate = ssrc == session.tracks().audio().forwarder().ssrc() ? 48_000 : 90_000;
                    long sinceNs = (timestamp - firstTimestamps.getOrDefault(ssrc, 0)) * 1_000_000_000L / rate;
                    zero.put(ssrc, CommonClock.ntpNs(at) - sinceNs);
                }
            });
        }
        assertThat(zero).hasSize(2);
        List<Long> zeros = new ArrayList<>(zero.values());
        assertThat(Math.abs(zeros.get(0) - zeros.get(1))).isLessThan(20_000_000L);
        assertThat(video.control(200).size() + video.control(201).size()).isPositive();
    }

    @Test
    void goodbyeIsSaidAtTheEnd() {
        session.close();
        assertThat(await(() ->
                        !audio.control(203).isEmpty() && !video.control(203).isEmpty()))
                .isTrue();
    }

    @Test
    void holdStopsTheCaptureAndResumeStartsIt() {
        session.capture(Nowhere.DISPLAY, Nowhere.SPEAKER);
        assertThat(await(() -> capture.open.get() == 1)).isTrue();
        session.configure(List.of(audio.stream(OPUS, Direction.INACTIVE), video.stream(H264, Direction.RECVONLY)));
        assertThat(await(() -> capture.open.get() == 0)).isTrue();
        session.configure(List.of(audio.stream(OPUS, Direction.SENDRECV), video.stream(H264, Direction.SENDRECV)));
        assertThat(await(() -> capture.open.get() == 1)).isTrue();
        assertThat(capture.asked).containsExactly("open 2", "close", "open 2");
    }

    @Test
    void aNewCaptureIsToldTheLossOfSoundThatIsKnown() throws Exception {
        session.capture(Nowhere.DISPLAY, Nowhere.SPEAKER);
        byte[] report = new byte[32];
        report[0] = (byte) 0x81;
        report[1] = (byte) 201;
        report[3] = 7;
        Bytes.int32(report, 8, session.tracks().audio().outgoing().ssrc());
        report[12] = 51;
        // the capture takes wishes a moment after it is open
        assertThat(await(() -> capture.open.get() == 1)).isTrue();
        audio.sendControl(report);
        assertThat(await(() -> capture.asked.contains("sound loss 20"))).isTrue();
        session.capture(Nowhere.DISPLAY, Nowhere.SPEAKER);
        assertThat(await(() ->
                        capture.asked.stream().filter("sound loss 20"::equals).count() == 2))
                .as("asked %s", capture.asked)
                .isTrue();
    }

    @Test
    @Tag("fault")
    void aBrokenCaptureIsReportedAndCanBeTriedAgain() {
        capture.broken = true;
        session.capture(Nowhere.DISPLAY, Nowhere.SPEAKER);
        assertThat(await(() -> events.contains("lost fake: open: broken"))).isTrue();
        capture.broken = false;
        session.capture(Nowhere.DISPLAY, Nowhere.SPEAKER);
        assertThat(await(() -> capture.open.get() == 1)).isTrue();
        capture.onFault.accept("display gone");
        assertThat(await(() -> events.contains("lost display gone") && capture.open.get() == 0))
                .isTrue();
    }

    @Test
    @Tag("fault")
    void aCaptureThatWasReplacedIsNoLoss() {
        session.capture(Nowhere.DISPLAY, Nowhere.SPEAKER);
        assertThat(await(() -> capture.open.get() == 1)).isTrue();
        Consumer<String> replaced = capture.onFault;
        session.capture(Nowhere.DISPLAY, Nowhere.SPEAKER);
        assertThat(await(() -> capture.asked.size() == 3)).isTrue();
        replaced.accept("display gone");
        session.requestKeyFrame();
        assertThat(await(() -> capture.asked.contains("key frame"))).isTrue();
        assertThat(capture.open).hasValue(1);
        assertThat(events).noneMatch(event -> event.startsWith("lost"));
    }

    @Test
    @Tag("fault")
    void aPageWithAnotherCertificateIsRefusedAndTheNextOneIsTaken() throws Exception {
        String offer = page.offer();
        int at = offer.indexOf("sha-256 ") + 8;
        char digit = offer.charAt(at);
        String forged = offer.substring(0, at) + (digit == '0' ? '1' : '0') + offer.substring(at + 1);
        forged = forged.replaceAll("(a=fingerprint:sha-256 ).", "$1" + (digit == '0' ? '1' : '0'));
        CompletionStage<String> answer = session.connect(forged);
        page.accept(answer.toCompletableFuture().join());
        assertThat(await(() -> events.contains("page false"))).isTrue();
        try (FakePage next = new FakePage()) {
            assertThat(next.connect(session)).isTrue();
            assertThat(await(() -> events.contains("page true"))).isTrue();
        }
    }

    @Test
    @Tag("fault")
    void anOfferThatIsNoneFailsAndLeavesTheConnectionThatIs() throws Exception {
        connect();
        for (String offer : List.of("", "v=0", "hello", page.offer().replaceAll("a=fingerprint[^\n]*\n", ""))) {
            Optional<Throwable> failure = session.connect(offer)
                    .handle((answer, e) -> Optional.ofNullable(e))
                    .toCompletableFuture()
                    .join();
            assertThat(failure).isPresent();
        }
        assertThat(events).doesNotContain("page false");
    }
}
