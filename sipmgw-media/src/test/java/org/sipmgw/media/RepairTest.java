package org.sipmgw.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.media.lab.ChromiumPage;
import org.sipmgw.media.lab.FakePage;
import org.sipmgw.media.lab.FakeRoom;
import org.sipmgw.media.rtp.Bytes;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.rtp.RtcpWriter;
import org.sipmgw.media.rtp.Rtp;
import org.sipmgw.media.rtp.Rtx;
import org.sipmgw.sdp.Direction;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.ParityFormats;
import org.sipmgw.sdp.RtcpFeedback;
import org.sipmgw.sdp.RtpCodec;
import org.sipmgw.sdp.RtpOptions;
import org.sipmgw.spi.MediaEngine;
import org.sipmgw.spi.MediaListener;

/** Lost packets in a session between a room's sockets and a page without a browser, both ways. */
@Tag("network")
class RepairTest {
    private static final RtpCodec H264 = new RtpCodec("H264", 96, 90_000, 1, Map.of("packetization-mode", "1"));
    private static final RtpOptions RTX = new RtpOptions(OptionalInt.of(98));
    private static final int SSRC = 0x77;
    private static final int NACK = 20_501;
    private static final int PLI = 20_601;

    private final CompletableFuture<Boolean> connected = new CompletableFuture<>();
    private final FakeCapture capture = new FakeCapture();
    private final BridgedMediaEngine engine = BridgedMediaEngine.builder().build(capture);
    private BridgedMediaSession session;
    private FakeRoom room;
    private FakePage page;

    @BeforeEach
    void open() throws Exception {
        session = (BridgedMediaSession) engine.open(InetAddress.getLoopbackAddress(), new MediaListener() {
            @Override
            public void onPageConnected(boolean is) {
                connected.complete(is);
            }
        });
        room = new FakeRoom(MediaKind.VIDEO, session.localMedia());
        page = new FakePage();
    }

    @AfterEach
    void close() {
        session.close();
        assertThat(engine.inventory()).isEqualTo(new MediaEngine.Inventory(0, 0, 0));
        engine.close();
        page.close();
        room.close();
    }

    private void agree(RtpOptions options, RtcpFeedback... feedback) throws Exception {
        session.configure(List.of(room.stream(H264, Direction.SENDRECV, options, feedback)));
        assertThat(page.connect(session)).isTrue();
        assertThat(connected.get(10, TimeUnit.SECONDS)).isTrue();
        // what comes first asks for a key frame by itself
        picture(99, 0);
        assertThat(await(() -> !room.control(PLI).isEmpty())).isTrue();
        room.send(Rtp.bytes(Rtp.packet(96, 100, 0, SSRC, 0x65, 0x88, 0x20, 1)));
        assertThat(await(() -> page.rtp().size() >= 2)).isTrue();
    }

    private static boolean await(BooleanSupplier condition) {
        for (int i = 0; i < 500 && !condition.getAsBoolean(); i++) {
            ChromiumPage.pause(10);
        }
        return condition.getAsBoolean();
    }

    private void picture(int sequence, int timestamp) throws IOException {
        room.send(Rtp.bytes(Rtp.packet(96, sequence, timestamp, SSRC, 0x41, 0x9A, 0x20, sequence)));
    }

    private boolean pageHas(int lastByte) {
        return page.rtp().stream().anyMatch(bytes -> (bytes[bytes.length - 1] & 0xFF) == lastByte);
    }

    private int pageSequence(int lastByte) {
        return page.rtp().stream()
                .filter(bytes -> (bytes[bytes.length - 1] & 0xFF) == lastByte)
                .mapToInt(bytes -> Bytes.uint16(bytes, 2))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void aLostPacketIsAskedForAtOnceAndReachesThePageInItsPlace() throws Exception {
        agree(RtpOptions.none(), RtcpFeedback.NACK, RtcpFeedback.PLI);
        int asked = room.control(PLI).size();
        picture(101, 3_000);
        picture(104, 6_000);
        assertThat(await(() -> !room.control(NACK).isEmpty())).isTrue();
        byte[] nack = room.control(NACK).get(0).bytes();
        assertThat(Bytes.uint16(nack, nack.length - 4)).isEqualTo(102);
        assertThat(Bytes.uint16(nack, nack.length - 2)).isEqualTo(1);
        picture(102, 3_000);
        picture(103, 6_000);
        assertThat(await(() -> pageHas(102) && pageHas(103))).isTrue();
        assertThat(pageSequence(102)).isEqualTo((pageSequence(101) + 1) & 0xFFFF);
        assertThat(pageSequence(103)).isEqualTo((pageSequence(104) - 1) & 0xFFFF);
        ChromiumPage.pause(1_000);
        assertThat(room.control(PLI)).hasSize(asked);
        assertThat(session.tracks().video().recovery().recovered()).isEqualTo(2);
    }

    /** The packet that is missing is made of its neighbours' bytes: of two equal ones the parity is zero. */
    @Test
    void parityMakesALostPacketBeforeItIsAskedFor() throws Exception {
        agree(
                RtpOptions.none().withParity(Optional.of(new ParityFormats(120, 121))),
                RtcpFeedback.NACK,
                RtcpFeedback.PLI);
        room.send(red(101, 96, 0x41, 0x9A, 0x20, 101));
        // parity of 101 and 102: neither marker nor length nor timestamp differ, of the bytes only the last
        room.send(red(103, 121, 0, 0, 0, 101, 0, 0, 0, 0, 0, 0, 0, 4, 0xC0, 0, 0, 0, 0, 101 ^ 102));
        assertThat(await(() -> pageHas(102))).isTrue();
        assertThat(pageSequence(102)).isEqualTo((pageSequence(101) + 1) & 0xFFFF);
        room.send(red(104, 96, 0x41, 0x9A, 0x20, 104));
        assertThat(await(() -> pageHas(104))).isTrue();
        // parity leaves no gap
        assertThat(pageSequence(104)).isEqualTo((pageSequence(102) + 1) & 0xFFFF);
        ChromiumPage.pause(200);
        assertThat(room.control(NACK)).isEmpty();
        assertThat(session.tracks().video().parity().recovered()).isEqualTo(1);
        // what parity does not make is asked for all the same
        room.send(red(106, 96, 0x41, 0x9A, 0x20, 106));
        assertThat(await(() -> !room.control(NACK).isEmpty())).isTrue();
    }

    private static byte[] red(int sequence, int type, int... content) {
        int[] payload = new int[content.length + 1];
        payload[0] = type;
        System.arraycopy(content, 0, payload, 1, content.length);
        return Rtp.bytes(Rtp.packet(120, sequence, 3_000, SSRC, payload));
    }

    @Test
    void aRetransmissionOfItsOwnStreamIsTakenForWhatItHolds() throws Exception {
        agree(RTX, RtcpFeedback.NACK, RtcpFeedback.PLI);
        picture(101, 3_000);
        picture(103, 6_000);
        Packet lost = new Packet(new byte[256]).copyOf(Rtp.packet(96, 102, 3_000, SSRC, 0x41, 0x9A, 0x20, 102));
        Rtx.wrap(lost, 98, 0x88, 7);
        room.send(Rtp.bytes(lost));
        assertThat(await(() -> pageHas(102))).isTrue();
        assertThat(pageSequence(102)).isEqualTo((pageSequence(101) + 1) & 0xFFFF);
        picture(104, 9_000);
        assertThat(await(() -> pageHas(104))).isTrue();
        assertThat(session.tracks().video().statistics().lost()).isZero();
    }

    @Test
    void aKeyFrameIsAskedForOnlyWhenRepairFails() throws Exception {
        agree(RtpOptions.none(), RtcpFeedback.NACK, RtcpFeedback.PLI);
        ChromiumPage.pause(1_100);
        int before = room.control(PLI).size();
        long lostNs = System.nanoTime();
        picture(101, 3_000);
        picture(103, 6_000);
        assertThat(await(() -> room.control(PLI).size() > before)).isTrue();
        long askedNs = room.control(PLI).get(before).atNs();
        System.out.println("key frame asked for " + (askedNs - lostNs) / 1_000_000 + " ms after the loss");
        assertThat(askedNs - lostNs).isGreaterThan(400_000_000L);
        assertThat(room.control(NACK)).hasSizeBetween(2, 10);
    }

    @Test
    void theRoomGetsWhatItMissesAsItWasOrAsARetransmission() throws Exception {
        for (RtpOptions options : List.of(RtpOptions.none(), RTX)) {
            session.configure(List.of(room.stream(H264, Direction.SENDRECV, options, RtcpFeedback.NACK)));
            engine.loop().await(() -> {});
            RoomSink sink = session.tracks().video().outgoing().sink();
            int ssrc = session.tracks().video().outgoing().ssrc();
            byte[] sent = Rtp.bytes(Rtp.packet(96, 700, 5, ssrc, 1, 2, 3));
            int had = room.media().size();
            sink.packet(sent, 0, sent.length);
            assertThat(await(() -> room.media().size() > had && isLast(sent))).isTrue();
            int before = room.media().size();
            Packet nack = new Packet(new byte[256]);
            new RtcpWriter(nack).receiverReport(1).nack(1, ssrc, 700, 0);
            room.sendControl(Rtp.bytes(nack));
            room.sendControl(Rtp.bytes(nack));
            assertThat(await(() -> room.media().size() > before)).isTrue();
            ChromiumPage.pause(300);
            byte[] again = last();
            if (options.rtxPayloadType().isEmpty()) {
                assertThat(again).isEqualTo(sent);
            } else {
                Packet packet = new Packet(again).view(0, again.length);
                assertThat(packet.payloadType()).isEqualTo(98);
                assertThat(packet.ssrc()).isNotEqualTo(ssrc);
                assertThat(Rtp.payload(packet)).containsExactly(700 >> 8, 700 & 0xFF, 1, 2, 3);
            }
            // asked twice within a round trip: sent once
            assertThat(room.media()).hasSize(before + 1);
        }
    }

    private boolean isLast(byte[] sent) {
        return !room.media().isEmpty() && Arrays.equals(last(), sent);
    }

    private byte[] last() {
        List<byte[]> media = room.media();
        return media.get(media.size() - 1);
    }

    @Test
    void thePageGetsFromTheGatewayWhatTheGatewayHas() throws Exception {
        agree(RtpOptions.none(), RtcpFeedback.NACK, RtcpFeedback.PLI);
        picture(101, 3_000);
        assertThat(await(() -> pageHas(101))).isTrue();
        PageOutput output = session.tracks().video().pageOutput();
        page.missing(output.ssrc(), pageSequence(101));
        assertThat(await(() -> output.resent() == 1)).isTrue();
        assertThat(room.control(NACK)).isEmpty();
    }
}
