package org.sipmgw.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.media.lab.ChromiumPage;
import org.sipmgw.media.lab.FakeRoom;
import org.sipmgw.media.lab.Nowhere;
import org.sipmgw.media.rtp.ArrivalLog;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.rtp.RtcpHandler;
import org.sipmgw.media.rtp.RtcpReader;
import org.sipmgw.media.rtp.RtcpWriter;
import org.sipmgw.media.rtp.Rtp;
import org.sipmgw.media.rtp.TransportExtension;
import org.sipmgw.sdp.Direction;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.RtcpFeedback;
import org.sipmgw.sdp.RtpCodec;
import org.sipmgw.sdp.RtpOptions;
import org.sipmgw.sdp.VideoLimits;
import org.sipmgw.spi.MediaListener;

/** Transport-wide numbers and feedback in a session, both ways. */
@Tag("network")
class ArrivalSessionTest {
    private static final RtpCodec H264 = new RtpCodec("H264", 96, 90_000, 1, Map.of("packetization-mode", "1"));
    private static final VideoLimits AGREED = new VideoLimits(1280, 720, 30, 2_000_000);
    private static final int ID = 3;
    private static final int RTX = 98;
    private static final int FEEDBACK = 20_515;
    private static final int TMMBR = 20_503;
    private static final int SSRC = 0x77;
    private static final long MS = 1_000_000L;

    private final FakeCapture capture = new FakeCapture();
    private final BridgedMediaEngine engine = BridgedMediaEngine.builder().build(capture);
    private BridgedMediaSession session;
    private FakeRoom room;

    @BeforeEach
    void open() throws Exception {
        session = (BridgedMediaSession) engine.open(InetAddress.getLoopbackAddress(), new MediaListener() {});
        room = new FakeRoom(MediaKind.VIDEO, session.localMedia());
        RtpOptions options = new RtpOptions(OptionalInt.of(RTX)).withTransportSequence(OptionalInt.of(ID));
        session.configure(List.of(room.stream(
                        H264,
                        Direction.SENDRECV,
                        options,
                        RtcpFeedback.NACK,
                        RtcpFeedback.TMMBR,
                        RtcpFeedback.TRANSPORT_CC)
                .withSendLimits(AGREED)));
        session.capture(Nowhere.DISPLAY, Nowhere.SPEAKER);
        assertThat(await(() -> capture.open.get() == 1)).isTrue();
        engine.loop().await(() -> {});
    }

    @AfterEach
    void close() {
        session.close();
        engine.close();
        room.close();
    }

    private static boolean await(BooleanSupplier condition) {
        for (int i = 0; i < 800 && !condition.getAsBoolean(); i++) {
            ChromiumPage.pause(10);
        }
        return condition.getAsBoolean();
    }

    private void send(int sequence) {
        int ssrc = session.tracks().video().outgoing().ssrc();
        byte[] packet = new byte[1_200];
        byte[] head = Rtp.bytes(Rtp.packet(96, sequence & 0xFFFF, sequence * 1_500, ssrc, 0x41, 0x9A));
        System.arraycopy(head, 0, packet, 0, head.length);
        session.tracks().video().outgoing().sink().packet(packet, 0, packet.length);
    }

    /** Without what opens the way. */
    private List<byte[]> media() {
        return room.media().stream().filter(bytes -> number(bytes) >= 0).toList();
    }

    private static int number(byte[] bytes) {
        return TransportExtension.read(new Packet(bytes).view(0, bytes.length), ID);
    }

    @Test
    void eachPacketToTheRoomHasANumberAndARetransmissionOneOfItsOwn() throws Exception {
        for (int i = 700; i < 710; i++) {
            send(i);
        }
        assertThat(await(() -> media().size() == 10)).isTrue();
        Packet nack = new Packet(new byte[256]);
        new RtcpWriter(nack)
                .receiverReport(1)
                .nack(1, session.tracks().video().outgoing().ssrc(), 705, 0);
        room.sendControl(Rtp.bytes(nack));
        assertThat(await(() -> media().size() == 11)).isTrue();
        int first = number(media().get(0));
        for (int i = 0; i < 11; i++) {
            byte[] bytes = media().get(i);
            assertThat(number(bytes)).isEqualTo((first + i) & 0xFFFF);
            Packet packet = new Packet(bytes).view(0, bytes.length);
            assertThat(packet.payloadType()).isEqualTo(i == 10 ? RTX : 96);
            assertThat(packet.payloadLength()).isEqualTo(1_188 + (i == 10 ? 2 : 0));
        }
    }

    /** No packet is lost and no report tells of anything: only that each packet comes later than the one before. */
    @Test
    void aGrowingDelayLowersTheRateWithinTwoSeconds() throws Exception {
        ArrivalLog log = new ArrivalLog();
        int heard = 0;
        int sequence = 100;
        int lower = -1;
        long beganNs = System.nanoTime();
        long arrivalNs = beganNs;
        for (int round = 0; round < 40 && lower < 0; round++) {
            for (int i = 0; i < 3; i++) {
                for (int packet = 0; packet < 7; packet++) {
                    send(sequence++);
                }
                ChromiumPage.pause(33);
            }
            List<byte[]> media = media();
            for (; heard < media.size(); heard++) {
                // 500 kb/s come through
                arrivalNs = Math.max(arrivalNs + 19 * MS, System.nanoTime());
                log.arrived(number(media.get(heard)), arrivalNs);
            }
            tell(log);
            lower = lowest();
        }
        System.out.printf("%d b/s after %d ms%n", lower, (System.nanoTime() - beganNs) / MS);
        assertThat(lower).isBetween(128_000, 600_000);
    }

    /** The lowest rate that the encoder was given, -1 while it is more than 600 kb/s. */
    private int lowest() {
        return capture.asked.stream()
                .filter(asked -> asked.startsWith("bitrate "))
                .mapToInt(asked -> Integer.parseInt(asked.substring(8)))
                .filter(bps -> bps < 600_000)
                .min()
                .orElse(-1);
    }

    private void tell(ArrivalLog log) throws IOException {
        while (log.pending()) {
            Packet packet = new Packet(new byte[2048]);
            log.write(new RtcpWriter(packet).receiverReport(9), 9, 10);
            room.sendControl(Rtp.bytes(packet));
        }
    }

    @Test
    void theRoomIsToldWhenItsPacketsCameAndWhichDidNot() throws Exception {
        Set<Integer> came = new ConcurrentSkipListSet<>();
        Set<Integer> missing = new ConcurrentSkipListSet<>();
        for (int i = 0; i < 100; i++) {
            if (i % 10 != 3) {
                byte[] plain = Rtp.bytes(Rtp.packet(96, 30_000 + i, i * 1_500, SSRC, 0x41, 0x9A, 0x20, i));
                byte[] numbered = new byte[plain.length + TransportExtension.BYTES];
                TransportExtension.insert(plain, 0, plain.length, numbered, ID, 65_500 + i);
                room.send(numbered);
            }
            ChromiumPage.pause(3);
        }
        assertThat(await(() -> {
                    read(came, missing);
                    return came.contains((65_500 + 99) & 0xFFFF);
                }))
                .isTrue();
        for (int i = 0; i < 100; i++) {
            assertThat(i % 10 == 3 ? missing : came).contains((65_500 + i) & 0xFFFF);
        }
        assertThat(came).hasSize(90);
        // it finds its rate by that, and is not told one too
        assertThat(room.control(TMMBR)).isEmpty();
    }

    private void read(Set<Integer> came, Set<Integer> missing) {
        for (FakeRoom.Received received : new ArrayList<>(room.control(FEEDBACK))) {
            byte[] bytes = received.bytes();
            new RtcpReader().read(new Packet(bytes).view(0, bytes.length), new RtcpHandler() {
                @Override
                public void packetArrived(int sequence, long arrivedNs) {
                    came.add(sequence);
                }

                @Override
                public void packetMissing(int sequence) {
                    missing.add(sequence);
                }
            });
        }
    }
}
