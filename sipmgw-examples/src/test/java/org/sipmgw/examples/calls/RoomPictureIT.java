package org.sipmgw.examples.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.OptionalDouble;
import java.util.Random;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.sipmgw.Call;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.spi.MediaStatistics;
import org.sipmgw.testsupport.PhoneMedia;
import org.sipmgw.testsupport.Quality;
import org.sipmgw.testsupport.RtpPacket;
import org.sipmgw.testsupport.VirtualCall;
import org.sipmgw.testsupport.VirtualPhone;

/** What networks and room systems do to a call that is on; all in one call, whose sequence numbers wrap at its start. */
@Tag("media")
@Tag("alone")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RoomPictureIT {

    private static final long SEED = 20_261_124;
    private static final int KEY_FRAME_MS = 500;
    /** Of three, the middle one counts: one may be late on a busy machine, two may not. */
    private static final int TRIES = 3;

    private static final int MOST_TRIES = 10;
    private static final long QUIET_NS = 800_000_000L;
    /** The gateway makes one key frame a second at most. */
    private static final long APART_MS = 1300;

    private CallLab lab;
    private Conference conference;
    private VirtualPhone phone;
    private VirtualCall call;
    private Call seen;
    private Watch atParticipant;
    private Watch atPhone;

    @BeforeAll
    void call() throws Exception {
        lab = CallLab.open();
        conference = lab.conference();
        phone = VirtualPhone.open("Room");
        lab.awaitWarm();
        call = phone.call(lab.uri(conference), lab.media());
        seen = lab.onlyCall();
        CallLab.awaitConnected(seen);
        atParticipant = conference.watch("Room");
        atPhone = CallLab.watch("Room", call, lab.media());
        Watch.awaitRecognised(atParticipant, atPhone);
    }

    @AfterAll
    void end() {
        phone.close();
        conference.close();
        lab.close();
    }

    @BeforeEach
    void forget() {
        conference.participant().video().clear();
        conference.participant().requestKeyFrame();
        call.video().clear();
        call.requestKeyFrame();
    }

    @AfterEach
    void pathIsClear() {
        call.videoPath(List::of);
    }

    @Test
    void aPictureLossIndicationOfTheRoomIsAnsweredByAKeyFrame() throws Exception {
        answered("PLI", call::requestKeyFrame);
    }

    @Test
    void aFullIntraRequestOfTheRoomIsAnsweredByAKeyFrame() throws Exception {
        answered("FIR", call::requestKeyFrameByFir);
    }

    @Test
    void anInfoOfTheRoomIsAnsweredByAKeyFrame() throws Exception {
        answered("INFO", () -> {
            try {
                String body = "<media_control><vc_primitive><to_encoder><picture_fast_update/></to_encoder>"
                        + "</vc_primitive></media_control>";
                assertThat(call.request("INFO", "application/media_control+xml", body))
                        .isEqualTo(200);
            } catch (java.io.IOException e) {
                throw new java.io.UncheckedIOException(e);
            }
        });
    }

    private void answered(String what, Runnable request) throws Exception {
        List<Long> taken = new ArrayList<>();
        for (int i = 0; i < MOST_TRIES && taken.size() < TRIES; i++) {
            Thread.sleep(APART_MS);
            long at = System.nanoTime();
            if (keyFrame(at - QUIET_NS) >= 0) {
                continue; // the one that comes now and then by itself would prove nothing
            }
            request.run();
            taken.add(awaitMs(at, () -> keyFrame(at)));
        }
        System.out.println(what + ": key frames after " + taken + " ms");
        assertThat(taken).hasSize(TRIES);
        assertThat(middle(taken)).as("ms until the key frame").isLessThanOrEqualTo(KEY_FRAME_MS);
    }

    /** Milliseconds from {@code fromNs} to the time that is looked for, or more than any when it does not come. */
    private static long awaitMs(long fromNs, LongSupplier timeNs) throws InterruptedException {
        long foundNs = timeNs.getAsLong();
        while (foundNs < 0 && System.nanoTime() - fromNs < APART_MS * 1_000_000) {
            Thread.sleep(20);
            foundNs = timeNs.getAsLong();
        }
        return foundNs < 0 ? Long.MAX_VALUE : (foundNs - fromNs) / 1_000_000;
    }

    private static <T extends Comparable<T>> T middle(List<T> values) {
        return values.stream().sorted().toList().get(values.size() / 2);
    }

    private long keyFrame(long fromNs) {
        return call.video().since(fromNs).stream()
                .filter(RoomPictureIT::carriesParameters)
                .mapToLong(RtpPacket::arrivalNs)
                .findFirst()
                .orElse(-1);
    }

    /** RFC 6184: a sequence parameter set, alone or first of a STAP-A, begins each key frame. */
    private static boolean carriesParameters(RtpPacket packet) {
        byte[] payload = packet.payload();
        int type = payload.length > 3 ? payload[0] & 31 : 0;
        return type == 7 || (type == 24 && (payload[3] & 31) == 7);
    }

    @Test
    void aHoleInTheRoomsPictureMakesTheGatewayAskForAKeyFrame() throws Exception {
        List<Long> taken = new ArrayList<>();
        for (int i = 0; i < TRIES; i++) {
            Thread.sleep(2 * APART_MS);
            AtomicInteger left = new AtomicInteger(8);
            long at = System.nanoTime();
            call.videoPath(packet -> left.getAndDecrement() > 0 ? List.of() : List.of(packet));
            taken.add(awaitMs(
                    at,
                    () -> call.videoReports().stream()
                            .filter(r -> r.asksForKeyFrame() && r.arrivalNs() > at)
                            .mapToLong(r -> r.arrivalNs())
                            .findFirst()
                            .orElse(-1)));
        }
        System.out.println("loss: the room is asked after " + taken + " ms");
        assertThat(middle(taken)).as("ms until the room is asked").isLessThanOrEqualTo(KEY_FRAME_MS);
        atParticipant.awaitRecognised();
    }

    @Test
    void lossReorderingAndDuplicatesAreSurvivedAndCounted() throws Exception {
        MediaStatistics.Stream before = fromRoom();
        call.videoPath(new BadNetwork());
        atParticipant.awaitRecognised();
        MediaStatistics.Stream after = fromRoom();
        System.out.println("seed " + SEED + ": " + after);
        assertThat(after.lost()).isGreaterThan(before.lost());
        assertThat(after.duplicates()).isGreaterThan(before.duplicates());
        assertThat(after.reordered()).isGreaterThan(before.reordered());
    }

    /** 5 % lost, 5 % doubled, 5 % late by three packets. Used by one thread. */
    private static final class BadNetwork implements Function<byte[], List<byte[]>> {
        private final Random random = new Random(SEED);
        private final Deque<byte[]> late = new ArrayDeque<>();
        private int wait;

        @Override
        public List<byte[]> apply(byte[] packet) {
            int dice = random.nextInt(100);
            if (dice < 5) {
                return List.of();
            }
            if (dice < 10) {
                return List.of(packet, packet);
            }
            if (dice < 15 && late.isEmpty()) {
                late.add(packet);
                wait = 3;
                return List.of();
            }
            if (!late.isEmpty() && --wait == 0) {
                return List.of(packet, late.remove());
            }
            return List.of(packet);
        }
    }

    @Test
    void anotherSourceAndAJumpOfTimestampsAreFollowed() throws Exception {
        call.changeVideoSsrc();
        call.jumpVideoTimestamp(-900_000);
        atParticipant.awaitRecognised();
    }

    @Test
    void anotherSizeIsFollowed() throws Exception {
        call.play(lab.picture(PhoneMedia.ROOM_SENDER, "H264", 1, 320, 180));
        CallLab.await("the small picture", () -> fromRoom().width() == 320);
        atParticipant.awaitRecognised();
        call.play(lab.media().video());
        CallLab.await("the large picture", () -> fromRoom().width() == CallLab.WIDTH);
        atParticipant.awaitRecognised();
    }

    @Test
    void soundAndPictureStayTogetherBothWays() throws Exception {
        List<Double> there = new ArrayList<>();
        List<Double> back = new ArrayList<>();
        for (int i = 0; i < TRIES; i++) {
            long from = System.nanoTime();
            there.add(skewMs(atParticipant, atParticipant.awaitRecognised(60, 4)));
            // in the same stretch of time
            back.add(skewMs(atPhone, atPhone.awaitRecognised(from, 60, 4)));
        }
        assertThat(middle(there)).isBetween(-100.0, 100.0);
        assertThat(middle(back)).isBetween(-100.0, 100.0);
    }

    private static double skewMs(Watch watch, Seen stretch) {
        OptionalDouble skew = Quality.skewMs(stretch.pictures(), stretch.beeps(), 30);
        assertThat(skew).as(watch.name()).isPresent();
        System.out.printf("%s: sound %+.1f ms after the picture%n", watch.name(), skew.getAsDouble());
        return skew.getAsDouble();
    }

    private MediaStatistics.Stream fromRoom() {
        return seen.statistics().streams().stream()
                .filter(s -> s.way() == MediaStatistics.Way.ROOM_TO_CONFERENCE && s.kind() == MediaKind.VIDEO)
                .findFirst()
                .orElseThrow();
    }
}
