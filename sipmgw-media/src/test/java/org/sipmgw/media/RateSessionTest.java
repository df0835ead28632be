package org.sipmgw.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import java.util.function.Consumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.media.lab.ChromiumPage;
import org.sipmgw.media.lab.FakeRoom;
import org.sipmgw.media.lab.Nowhere;
import org.sipmgw.media.rtp.Bytes;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.rtp.RtcpHandler;
import org.sipmgw.media.rtp.RtcpReader;
import org.sipmgw.media.rtp.RtcpWriter;
import org.sipmgw.media.rtp.Rtp;
import org.sipmgw.sdp.Direction;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.NegotiatedStream;
import org.sipmgw.sdp.RtcpFeedback;
import org.sipmgw.sdp.RtpCodec;
import org.sipmgw.sdp.VideoLimits;
import org.sipmgw.spi.MediaListener;
import org.sipmgw.spi.MediaStatistics.Way;

/** Bounds of rate in a session: from the room's RTCP to the encoder, and from losses to the room. */
@Tag("network")
class RateSessionTest {
    private static final RtpCodec H264 = new RtpCodec("H264", 96, 90_000, 1, Map.of("packetization-mode", "1"));
    private static final RtpCodec OPUS = new RtpCodec("opus", 97, 48_000, 2, Map.of("useinbandfec", "1"));
    private static final int TMMBR = 20_503;
    private static final int TMMBN = 20_504;
    private static final int REMB = 20_615;
    private static final VideoLimits AGREED = new VideoLimits(1280, 720, 30, 2_000_000);

    private final FakeCapture capture = new FakeCapture();
    private final BridgedMediaEngine engine = BridgedMediaEngine.builder().build(capture);
    private final List<String> told = new CopyOnWriteArrayList<>();
    private final MediaListener listener = new MediaListener() {
        @Override
        public void onSendRate(int bitrateBps, VideoLimits picture) {
            told.add(bitrateBps + " " + picture.maxHeight());
        }

        @Override
        public void onLoss(Way way, MediaKind kind, double share) {
            told.add(way + " " + kind + " " + Math.round(share * 100));
        }
    };
    private BridgedMediaSession session;
    private FakeRoom audio;
    private FakeRoom video;

    @BeforeEach
    void open() throws Exception {
        session = (BridgedMediaSession) engine.open(InetAddress.getLoopbackAddress(), listener);
        audio = new FakeRoom(MediaKind.AUDIO, session.localMedia());
        video = new FakeRoom(MediaKind.VIDEO, session.localMedia());
        agree(RtcpFeedback.TMMBR, RtcpFeedback.NACK);
        session.capture(Nowhere.DISPLAY, Nowhere.SPEAKER);
        assertThat(await(() -> capture.open.get() == 1)).isTrue();
    }

    private void agree(RtcpFeedback... feedback) {
        NegotiatedStream stream =
                video.stream(H264, Direction.SENDRECV, feedback).withSendLimits(AGREED);
        session.configure(List.of(audio.stream(OPUS, Direction.SENDRECV), stream));
    }

    @AfterEach
    void close() {
        session.close();
        engine.close();
        audio.close();
        video.close();
    }

    private static boolean await(BooleanSupplier condition) {
        for (int i = 0; i < 800 && !condition.getAsBoolean(); i++) {
            ChromiumPage.pause(10);
        }
        return condition.getAsBoolean();
    }

    private int ssrc() {
        return session.tracks().video().outgoing().ssrc();
    }

    private void send(FakeRoom room, Consumer<RtcpWriter> content) throws IOException {
        Packet packet = new Packet(new byte[256]);
        content.accept(new RtcpWriter(packet).receiverReport(9));
        room.sendControl(Rtp.bytes(packet));
    }

    @Test
    void aRequestOfTheRoomBoundsTheEncoderAndThePictureAtOnceAndIsAnswered() throws Exception {
        long sentNs = System.nanoTime();
        send(video, rtcp -> rtcp.bitrateRequest(9, ssrc(), RtcpWriter.bitrateEntry(128_000, 0)));
        assertThat(await(() -> capture.asked.contains("bitrate 128000"))).isTrue();
        assertThat(System.nanoTime() - sentNs).isLessThan(2_000_000_000L);
        assertThat(capture.asked).contains("limits 480x270@10");
        assertThat(await(() -> told.contains("128000 270"))).isTrue();
        assertThat(await(() -> !video.control(TMMBN).isEmpty())).isTrue();
        byte[] notification = video.control(TMMBN).get(0).bytes();
        assertThat(Bytes.int32(notification, notification.length - 8)).isEqualTo(9);
        send(video, rtcp -> rtcp.bitrateRequest(9, ssrc(), RtcpWriter.bitrateEntry(4_000_000, 40)));
        assertThat(await(() -> capture.asked.contains("bitrate 2000000"))).isTrue();
        assertThat(await(() -> capture.asked.contains("limits 1280x720@30"))).isTrue();
    }

    @Test
    void anEstimateOfTheRoomBoundsTheEncoder() throws Exception {
        send(video, rtcp -> rtcp.estimatedBitrate(9, ssrc(), 500_000));
        assertThat(await(() -> capture.asked.contains("limits 960x540@30"))).isTrue();
        assertThat(capture.asked.stream()
                        .anyMatch(asked -> asked.startsWith("bitrate 49") || asked.equals("bitrate 500000")))
                .isTrue();
    }

    @Test
    void lossThatTheRoomReportsLowersTheRate() throws Exception {
        RoomSink sink = session.tracks().video().outgoing().sink();
        byte[] packet = Rtp.bytes(Rtp.packet(96, 1, 1, ssrc(), 0x41, 1, 2));
        assertThat(await(() -> {
                    sink.packet(packet, 0, packet.length);
                    return sink.packets() > 0;
                }))
                .isTrue();
        for (int i = 0; i < 12; i++) {
            sink.packet(packet, 0, packet.length);
            send(video, rtcp -> rtcp.reportBlock(ssrc(), 128, 100, 0, 0, 0, 0));
            ChromiumPage.pause(150);
        }
        assertThat(await(() -> capture.asked.contains("bitrate 128000"))).isTrue();
        assertThat(told).contains("CONFERENCE_TO_ROOM VIDEO 50");
    }

    @Test
    void lossOfSoundReachesTheEncoderOfSound() throws Exception {
        int sound = session.tracks().audio().outgoing().ssrc();
        send(audio, rtcp -> rtcp.reportBlock(sound, 51, 100, 0, 0, 0, 0));
        assertThat(await(() -> capture.asked.contains("sound loss 20"))).isTrue();
    }

    @Test
    void aRoomWhoseWayIsShortIsAskedToSendLess() throws Exception {
        assertThat(asks(TMMBR)).isBetween(128_000L, 1_000_000L);
        assertThat(told).anyMatch(event -> event.startsWith("ROOM_TO_CONFERENCE VIDEO "));
        agree(RtcpFeedback.REMB);
        assertThat(asks(REMB)).isBetween(128_000L, 1_000_000L);
    }

    /** Sends with a third lost until the room is asked for less. */
    private long asks(int type) throws Exception {
        int before = video.control(type).size();
        for (int i = 0; i < 300 && video.control(type).size() == before; i++) {
            for (int j = 0; j < 3; j++) {
                int sequence = (30_000 + i * 4 + j) & 0xFFFF;
                video.send(Rtp.bytes(Rtp.packet(96, sequence, i * 1_800, 0x77, 0x41, 0x9A, 0x20, sequence)));
            }
            ChromiumPage.pause(20);
        }
        assertThat(video.control(type)).hasSizeGreaterThan(before);
        byte[] bytes = video.control(type).get(before).bytes();
        long[] asked = new long[1];
        new RtcpReader().read(new Packet(bytes).view(0, bytes.length), new RtcpHandler() {
            @Override
            public void bitrateRequest(int sender, int media, int entry, long bitrateBps) {
                assertThat(media).isEqualTo(0x77);
                asked[0] = bitrateBps;
            }

            @Override
            public void estimatedBitrate(long bitrateBps) {
                asked[0] = bitrateBps;
            }
        });
        return asked[0];
    }
}
