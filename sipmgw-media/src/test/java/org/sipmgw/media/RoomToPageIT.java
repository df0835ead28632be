package org.sipmgw.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sipmgw.media.lab.ChromiumPage;
import org.sipmgw.media.lab.FakeRoom;
import org.sipmgw.media.lab.PreparedRtp;
import org.sipmgw.media.lab.PreparedRtp.Player;
import org.sipmgw.sdp.Direction;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.RtcpFeedback;
import org.sipmgw.sdp.RtpCodec;
import org.sipmgw.spi.MediaEngine;
import org.sipmgw.spi.MediaListener;
import org.sipmgw.spi.MediaSession;
import org.sipmgw.spi.MediaStatistics;
import org.sipmgw.spi.MediaStatistics.Way;

/** A real headless Chromium decodes what a room sends through the engine. */
@Tag("media")
@Tag("alone")
@Execution(ExecutionMode.CONCURRENT)
class RoomToPageIT {
    private static final String MDNS = "--disable-features=WebRtcHideLocalIpsWithMdns";
    private static final int PLI = 20_601;
    private static final int FIR = 20_604;

    private final List<String> events = new CopyOnWriteArrayList<>();
    private final MediaListener listener = new MediaListener() {
        @Override
        public void onKeyFrameNeeded() {
            events.add("INFO");
        }

        @Override
        public void onDtmf(char key) {
            events.add("key " + key);
        }

        @Override
        public void onPageConnected(boolean connected) {
            events.add("page " + connected);
        }
    };

    @ParameterizedTest
    @CsvSource({"opus,h264-1", "G722,h264-0", "PCMU,vp8"})
    void chromiumDecodes(String audioName, String videoName) throws Exception {
        PreparedRtp sound = PreparedRtp.audio(audioName, 3);
        PreparedRtp picture = picture(videoName, 640, 360);
        try (Call call = new Call(audio(audioName), video(videoName), RtcpFeedback.PLI)) {
            call.play(sound, picture);
            assertThat(call.page.await(
                            20,
                            p -> p.number("video", "framesDecoded") > 75
                                    && p.number("audio", "totalSamplesReceived") > 96_000
                                    && p.number("audio", "totalAudioEnergy") > 0.01))
                    .as(call::toString)
                    .isTrue();
            assertThat(call.page.number("video", "frameWidth")).isEqualTo(640);
            assertThat(call.page.stats()).contains("SRTP_AEAD_AES_128_GCM");
            MediaStatistics.Stream video = call.statistics(MediaKind.VIDEO);
            assertThat(video.lost()).isZero();
            assertThat(video.width()).isEqualTo(640);
            assertThat(video.height()).isEqualTo(360);
            assertThat(video.keyFrames()).isGreaterThanOrEqualTo(2);
        }
    }

    @Test
    void pictureLossOfThePageReachesTheRoomWithin500Ms() throws Exception {
        PreparedRtp sound = PreparedRtp.audio("opus", 3);
        PreparedRtp picture = PreparedRtp.h264(1, 640, 360, 3);
        try (Call call = new Call(audio("opus"), video("h264-1"), RtcpFeedback.PLI)) {
            call.play(sound, picture);
            assertThat(call.page.await(20, p -> p.number("video", "framesDecoded") > 30))
                    .as(call::toString)
                    .isTrue();
            int before = call.video.control(PLI).size();
            long lostAtNs = System.nanoTime();
            call.lose(50);
            assertThat(call.page.await(3, p -> call.video.control(PLI).size() > before))
                    .as(call::toString)
                    .isTrue();
            long firstNs = call.video.control(PLI).get(before).atNs();
            assertThat(firstNs - lostAtNs).isLessThan(500_000_000L);
            double decoded = call.page.number("video", "framesDecoded");
            assertThat(call.page.await(5, p -> p.number("video", "framesDecoded") > decoded + 45))
                    .as(call::toString)
                    .isTrue();
        }
    }

    @Test
    void aRoomThatTakesOnlyFirIsAskedByFir() throws Exception {
        try (Call call = new Call(audio("opus"), video("h264-1"), RtcpFeedback.FIR)) {
            call.play(PreparedRtp.audio("opus", 3), PreparedRtp.h264(1, 640, 360, 3));
            assertThat(call.page.await(20, p -> p.number("video", "framesDecoded") > 10))
                    .isTrue();
            call.lose(20);
            assertThat(call.page.await(3, p -> !call.video.control(FIR).isEmpty()))
                    .isTrue();
            assertThat(call.video.control(PLI)).isEmpty();
            assertThat(events).doesNotContain("INFO");
        }
    }

    @Test
    void aRoomWithoutFeedbackIsAskedByInfo() throws Exception {
        try (Call call = new Call(audio("opus"), video("h264-1"))) {
            call.play(PreparedRtp.audio("opus", 3), PreparedRtp.h264(1, 640, 360, 3));
            assertThat(call.page.await(20, p -> p.number("video", "framesDecoded") > 10))
                    .isTrue();
            call.lose(20);
            assertThat(call.page.await(3, p -> events.contains("INFO"))).isTrue();
            assertThat(events).contains("page true");
            assertThat(call.video.control(PLI)).isEmpty();
        }
    }

    @Test
    void chromiumGoesOnAfterLossReorderingAndDuplicates() throws Exception {
        try (Call call = new Call(audio("opus"), video("h264-1"), RtcpFeedback.PLI)) {
            call.impair(new Random(3), 0.02, 0.05, 0.05);
            call.play(PreparedRtp.audio("opus", 3), PreparedRtp.h264(1, 640, 360, 3));
            assertThat(call.page.await(25, p -> p.number("video", "framesDecoded") > 100))
                    .as(call::toString)
                    .isTrue();
            MediaStatistics.Stream video = call.statistics(MediaKind.VIDEO);
            assertThat(video.lost()).isPositive();
            assertThat(video.reordered()).isPositive();
            assertThat(video.duplicates()).isPositive();
        }
    }

    /** The browser does that by itself: nothing that the gateway does on the way takes it from it. */
    @Test
    @Tag("network")
    void chromiumRepairsLostSoundByTheRoomsRedundancy() throws Exception {
        RtpCodec opus = new RtpCodec("opus", 97, 48_000, 2, Map.of("useinbandfec", "1"));
        Random seeded = new Random(20_261_124);
        try (Call call = new Call(opus, video("h264-1"), RtcpFeedback.PLI)) {
            call.play(PreparedRtp.redundantVoice(3), PreparedRtp.h264(1, 320, 180, 3), packet -> {
                if (seeded.nextDouble() >= 0.05) {
                    call.audio.send(packet);
                }
            });
            assertThat(call.page.await(25, p -> p.number("audio", "totalSamplesReceived") > 5 * 48_000))
                    .as(call::toString)
                    .isTrue();
            double repaired = call.page.number("audio", "fecPacketsReceived");
            double concealed =
                    call.page.number("audio", "concealedSamples") / call.page.number("audio", "totalSamplesReceived");
            System.out.printf(
                    "5 %% lost: %.0f packets by redundancy, %.3f of the sound concealed%n", repaired, concealed);
            assertThat(call.statistics(MediaKind.AUDIO).lost()).isPositive();
            assertThat(repaired).isPositive();
        }
    }

    @Test
    void chromiumGoesOnWhenTheRoomBecomesAnotherStream() throws Exception {
        try (Call call = new Call(audio("opus"), video("h264-1"), RtcpFeedback.PLI)) {
            call.play(PreparedRtp.audio("opus", 3), PreparedRtp.h264(1, 640, 360, 3));
            assertThat(call.page.await(20, p -> p.number("video", "framesDecoded") > 30))
                    .as(call::toString)
                    .isTrue();
            call.picture.becomeStream(0x7777);
            call.sound.becomeStream(0x8888);
            double decoded = call.page.number("video", "framesDecoded");
            double samples = call.page.number("audio", "totalSamplesReceived");
            assertThat(call.page.await(
                            8,
                            p -> p.number("video", "framesDecoded") > decoded + 60
                                    && p.number("audio", "totalSamplesReceived") > samples + 96_000))
                    .as(call::toString)
                    .isTrue();
            call.picture.jumpTimestamp(1_000_000_000);
            double later = call.page.number("video", "framesDecoded");
            assertThat(call.page.await(8, p -> p.number("video", "framesDecoded") > later + 60))
                    .as(call::toString)
                    .isTrue();
        }
    }

    @Test
    void chromiumFollowsAChangeOfSizeAndOfCodec() throws Exception {
        PreparedRtp large = PreparedRtp.h264(1, 1280, 720, 2);
        PreparedRtp vp8 = PreparedRtp.vp8(320, 180, 2);
        try (Call call = new Call(audio("opus"), video("h264-1"), RtcpFeedback.PLI)) {
            call.play(PreparedRtp.audio("opus", 3), PreparedRtp.h264(1, 640, 360, 3));
            assertThat(call.page.await(20, p -> p.number("video", "frameWidth") == 640))
                    .as(call::toString)
                    .isTrue();
            call.picture.close();
            Player bigger = large.play(0x1234, 96, call.video::send);
            try (bigger) {
                assertThat(call.page.await(8, p -> p.number("video", "frameWidth") == 1280))
                        .as(call::toString)
                        .isTrue();
                assertThat(call.statistics(MediaKind.VIDEO).width()).isEqualTo(1280);
            }
            call.configure(audio("opus"), video("vp8"), RtcpFeedback.PLI);
            Player other = vp8.play(0x4321, 96, call.video::send);
            try (other) {
                assertThat(call.page.await(8, p -> p.number("video", "frameWidth") == 320))
                        .as(call::toString)
                        .isTrue();
            }
        }
    }

    private static PreparedRtp picture(String name, int width, int height) throws IOException {
        return switch (name) {
            case "h264-0" -> PreparedRtp.h264(0, width, height, 3);
            case "h264-1" -> PreparedRtp.h264(1, width, height, 3);
            default -> PreparedRtp.vp8(width, height, 3);
        };
    }

    private static RtpCodec audio(String name) {
        boolean opus = name.equals("opus");
        return new RtpCodec(name, 97, opus ? 48_000 : 8_000, opus ? 2 : 1, Map.of());
    }

    private static RtpCodec video(String name) {
        return name.equals("vp8")
                ? new RtpCodec("VP8", 96, 90_000, 1, Map.of())
                : new RtpCodec(
                        "H264",
                        96,
                        90_000,
                        1,
                        new TreeMap<>(Map.of(
                                "profile-level-id",
                                "42801f",
                                "packetization-mode",
                                name.substring(name.length() - 1))));
    }

    /** Everything of one call but SIP and the display. */
    private final class Call implements AutoCloseable {
        final BridgedMediaEngine engine = BridgedMediaEngine.builder().build(new FakeCapture());
        final MediaSession session = engine.open(InetAddress.getLoopbackAddress(), listener);
        final FakeRoom audio = new FakeRoom(MediaKind.AUDIO, session.localMedia());
        final FakeRoom video = new FakeRoom(MediaKind.VIDEO, session.localMedia());
        final ChromiumPage page;
        private Player sound;
        private Player picture;
        private final AtomicInteger losing = new AtomicInteger();
        private Random random = new Random(1);
        private double loss;
        private double swap;
        private double twice;
        private byte[] held;

        Call(RtpCodec audioCodec, RtpCodec videoCodec, RtcpFeedback... feedback) throws IOException {
            configure(audioCodec, videoCodec, feedback);
            page = new ChromiumPage(
                    offer -> session.connect(offer).toCompletableFuture().join(), MDNS);
        }

        void configure(RtpCodec audioCodec, RtpCodec videoCodec, RtcpFeedback... feedback) {
            session.configure(List.of(
                    audio.stream(audioCodec, Direction.SENDRECV),
                    video.stream(videoCodec, Direction.SENDRECV, feedback)));
        }

        void play(PreparedRtp soundPackets, PreparedRtp picturePackets) {
            play(soundPackets, picturePackets, audio::send);
        }

        void play(PreparedRtp soundPackets, PreparedRtp picturePackets, PreparedRtp.Output soundTo) {
            sound = soundPackets.play(0x1111, 97, soundTo);
            picture = picturePackets.play(0x2222, 96, this::sendPicture);
        }

        /** Loses packets, and a whole picture with them. */
        void lose(int packets) {
            losing.set(packets);
        }

        void impair(Random seeded, double lossRate, double swapRate, double twiceRate) {
            random = seeded;
            loss = lossRate;
            swap = swapRate;
            twice = twiceRate;
        }

        private void sendPicture(byte[] packet) throws IOException {
            if (losing.get() > 0) {
                losing.decrementAndGet();
                return;
            }
            if (random.nextDouble() < loss) {
                return;
            }
            if (held == null && random.nextDouble() < swap) {
                held = packet;
                return;
            }
            video.send(packet);
            if (random.nextDouble() < twice) {
                video.send(packet);
            }
            if (held != null) {
                video.send(held);
                held = null;
            }
        }

        MediaStatistics.Stream statistics(MediaKind kind) {
            ChromiumPage.pause(300);
            return session.statistics().streams().stream()
                    .filter(stream -> stream.kind() == kind && stream.way() == Way.ROOM_TO_CONFERENCE)
                    .findFirst()
                    .orElseThrow();
        }

        @Override
        public void close() {
            page.close();
            if (sound != null) {
                sound.close();
                picture.close();
            }
            session.close();
            assertThat(engine.inventory()).isEqualTo(new MediaEngine.Inventory(0, 0, 0));
            engine.close();
            audio.close();
            video.close();
        }

        @Override
        public String toString() {
            return page.states() + " " + events + " " + session.statistics() + " " + page.stats();
        }
    }
}
