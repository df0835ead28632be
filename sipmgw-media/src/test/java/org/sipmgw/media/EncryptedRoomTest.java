package org.sipmgw.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.sipmgw.media.dtls.DtlsIdentity;
import org.sipmgw.media.lab.ChromiumPage;
import org.sipmgw.media.lab.FakePage;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.rtp.RtcpWriter;
import org.sipmgw.media.rtp.Rtp;
import org.sipmgw.media.srtp.SrtpProfile;
import org.sipmgw.sdp.Direction;
import org.sipmgw.sdp.MediaSecurity;
import org.sipmgw.sdp.NegotiatedStream;
import org.sipmgw.sdp.SrtpSuite;
import org.sipmgw.spi.MediaListener;
import org.sipmgw.spi.MediaStatistics;

/** The room's leg of a session with SRTP, by keys of the descriptions and by DTLS, over sockets on loopback. */
@Tag("srtp")
class EncryptedRoomTest {
    private final List<String> warnings = new CopyOnWriteArrayList<>();
    private final CompletableFuture<Void> pageConnected = new CompletableFuture<>();
    private final BridgedMediaEngine engine = BridgedMediaEngine.builder().build(new FakeCapture());
    private final MediaListener listener = new MediaListener() {
        @Override
        public void onWarning(String detail) {
            warnings.add(detail);
        }

        @Override
        public void onPageConnected(boolean connected) {
            pageConnected.complete(null);
        }
    };
    private BridgedMediaSession session;
    private EncryptedRoom room;
    private FakePage page;
    private int sequence = 100;

    @BeforeEach
    void open() throws Exception {
        session = (BridgedMediaSession) engine.open(InetAddress.getLoopbackAddress(), listener);
        room = new EncryptedRoom(session.localMedia());
        page = new FakePage();
    }

    @AfterEach
    void close() {
        session.close();
        engine.close();
        page.close();
        room.close();
    }

    private static boolean await(BooleanSupplier condition) {
        for (int i = 0; i < 500 && !condition.getAsBoolean(); i++) {
            ChromiumPage.pause(10);
        }
        return condition.getAsBoolean();
    }

    private void agree(MediaSecurity security, boolean mux) {
        agree(room.stream(security, mux, Direction.SENDRECV));
    }

    private void agree(NegotiatedStream stream) {
        session.configure(List.of(stream));
        engine.loop().await(() -> {});
    }

    private void connectPage() throws Exception {
        assertThat(page.connect(session)).isTrue();
        pageConnected.get(10, TimeUnit.SECONDS);
    }

    /** As a capture's thread does. */
    private void capture(int content) {
        byte[] packet = Rtp.bytes(Rtp.packet(97, sequence, sequence * 960, 0x1234, content, 9, 9));
        sequence++;
        session.tracks().audio().outgoing().sink().packet(packet, 0, packet.length);
    }

    private long ended(PathStatus status) {
        return session.tracks().audio().path().ends().of(status);
    }

    private List<Integer> shown() {
        return page.rtp().stream().map(bytes -> (int) bytes[12]).toList();
    }

    private String protection() {

        return session.statistics().streams().stream()
                .map(MediaStatistics.Stream::protection)
                .findFirst()
                .orElse("");
    }

    @ParameterizedTest
    @EnumSource(SrtpSuite.class)
    void soundAndReportsGoBothWaysUnderEverySuite(SrtpSuite suite) throws Exception {
        MediaSecurity.Sdes keys = EncryptedRoom.keys(suite);
        room.use(keys);
        agree(keys, false);
        connectPage();
        for (int i = 0; i < 50; i++) {
            room.send(i);
            capture(i);
        }
        assertThat(await(() -> shown().size() == 50)).isTrue();
        assertThat(await(() -> room.sockets.media().size() >= 51)).isTrue();
        assertThat(room.opened()).hasSize(50).startsWith(0, 1, 2).endsWith(49);
        assertThat(await(() -> protection().equals("SDES " + SrtpProfile.of(suite))))
                .isTrue();
        session.close();
        assertThat(await(() -> !room.sockets.received().isEmpty())).isTrue();
        ChromiumPage.pause(100);
        assertThat(room.openedControl()).as("reports and the goodbye").contains(203);
        assertThat(warnings).isEmpty();
    }

    @Test
    void feedbackOfTheRoomIsReadOnlyUnderItsKeys() throws Exception {
        MediaSecurity.Sdes keys = EncryptedRoom.keys(SrtpSuite.AEAD_AES_128_GCM);
        room.use(keys);
        agree(keys, false);
        Packet report = new Packet(new byte[256]);
        new RtcpWriter(report).receiverReport(7).canonicalName(7, "x");
        room.sockets.sendControl(Rtp.bytes(report));
        assertThat(await(() -> ended(PathStatus.FORGED) + ended(PathStatus.MALFORMED) == 1))
                .isTrue();
        room.sockets.sendControl(room.seal(report));
        assertThat(await(() -> ended(PathStatus.CONTROL) == 1)).isTrue();
    }

    @Test
    void plainSoundIsNeitherTakenNorSentWhereEncryptionWasAgreed() throws Exception {
        MediaSecurity.Sdes keys = EncryptedRoom.keys(SrtpSuite.AES_CM_128_HMAC_SHA1_80);
        room.use(keys);
        agree(keys, false);
        connectPage();
        room.sockets.send(Rtp.bytes(Rtp.packet(97, 1, 1, 0x33, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10)));
        assertThat(await(() -> ended(PathStatus.FORGED) == 1)).isTrue();
        room.send(7);
        assertThat(await(() -> shown().equals(List.of(7)))).isTrue();
    }

    @Test
    void replayedAndForgedPacketsAreCountedAndDoNotMoveTheAddress() throws Exception {
        MediaSecurity.Sdes keys = EncryptedRoom.keys(SrtpSuite.AEAD_AES_256_GCM);
        room.use(keys);
        agree(keys, false);
        connectPage();
        byte[] wire = room.next(1);
        room.sockets.send(wire);
        assertThat(await(() -> shown().size() == 1)).isTrue();
        try (EncryptedRoom attacker = new EncryptedRoom(session.localMedia())) {
            attacker.sockets.send(wire);
            byte[] forged = room.next(2);
            forged[14] ^= 1;
            attacker.sockets.send(forged);
            assertThat(await(() -> ended(PathStatus.REPLAYED) == 1 && ended(PathStatus.FORGED) == 1))
                    .isTrue();
            capture(5);
            assertThat(await(() -> room.opened().contains(5))).isTrue();
            assertThat(attacker.sockets.received()).isEmpty();
        }
        assertThat(shown()).hasSize(1);
    }

    @Test
    void wrongKeysAreReportedOnce() throws Exception {
        agree(EncryptedRoom.keys(SrtpSuite.AEAD_AES_128_GCM), false);
        room.use(EncryptedRoom.keys(SrtpSuite.AEAD_AES_128_GCM));
        for (int i = 0; i < 200; i++) {
            room.send(i);
        }
        assertThat(await(() -> ended(PathStatus.FORGED) == 200)).isTrue();
        assertThat(warnings).hasSize(1).first().asString().contains("audio", "authentic");
        assertThat(await(() -> session.statistics().streams().stream().anyMatch(stream -> stream.forged() == 200)))
                .isTrue();
    }

    @Test
    void newKeysTakeOverAndWhatWasUnderWayIsStillOpened() throws Exception {
        MediaSecurity.Sdes first = EncryptedRoom.keys(SrtpSuite.AEAD_AES_128_GCM);
        room.use(first);
        agree(first, false);
        connectPage();
        room.send(1);
        byte[] underWay = room.next(2);
        MediaSecurity.Sdes second = EncryptedRoom.keys(SrtpSuite.AES_CM_128_HMAC_SHA1_80);
        agree(second, false);
        room.sockets.send(underWay);
        room.use(second);
        room.send(3);
        assertThat(await(() -> shown().equals(List.of(1, 2, 3)))).isTrue();
        capture(4);
        assertThat(await(() -> room.opened().equals(List.of(4)))).isTrue();
        assertThat(warnings).isEmpty();
    }

    @Test
    void aRefreshKeepsTheRollOverCountersOfBothDirections() throws Exception {
        MediaSecurity.Sdes keys = EncryptedRoom.keys(SrtpSuite.AES_256_CM_HMAC_SHA1_80);
        room.use(keys);
        agree(keys, false);
        sequence = 65_000;
        for (int i = 0; i < 1_000; i++) {
            room.send(i);
            capture(i);
            if (i % 20 == 0) {
                ChromiumPage.pause(1);
            }
        }
        agree(room.stream(keys, false, Direction.RECVONLY));
        agree(room.stream(keys, false, Direction.SENDRECV));
        connectPage();
        room.send(77);
        assertThat(await(() -> shown().equals(List.of(77)))).isTrue();
        capture(78);
        assertThat(await(() -> room.opened().contains(78))).isTrue();
    }

    @ParameterizedTest
    @CsvSource({"false, true", "false, false", "true, true", "true, false"})
    void handshakesInBothRolesGiveKeysToBothDirections(boolean gatewayIsClient, boolean mux) throws Exception {
        CompletableFuture<Boolean> done = gatewayIsClient ? room.handshake(false, mux) : new CompletableFuture<>();
        agree(room.description(gatewayIsClient, room.fingerprint()), mux);
        capture(1);
        assertThat(room.sockets.media())
                .as("nothing is sent in the clear")
                .noneMatch(bytes -> (bytes[0] & 0xC0) == 0x80);
        if (!gatewayIsClient) {
            done = room.handshake(true, mux);
        }
        assertThat(done.get(20, TimeUnit.SECONDS)).isTrue();
        assertThat(await(() -> protection().equals("DTLS AEAD_AES_128_GCM"))).isTrue();
        connectPage();
        room.send(5);
        assertThat(await(() -> shown().equals(List.of(5)))).isTrue();
        capture(6);
        assertThat(await(() -> room.opened().equals(List.of(6)))).isTrue();
        session.close();
        ChromiumPage.pause(100);
        assertThat(room.openedControl()).contains(203);
        assertThat(warnings).isEmpty();
    }

    @Test
    void anotherCertificateThanDescribedIsRefusedAndReported() throws Exception {
        agree(room.description(true, DtlsIdentity.create().fingerprint()), true);
        for (int i = 0; i < 4; i++) {
            assertThat(room.handshake(false, true).get(20, TimeUnit.SECONDS)).isFalse();
        }
        assertThat(await(() -> !warnings.isEmpty())).isTrue();
        assertThat(warnings).hasSize(1).first().asString().contains("DTLS", "fingerprint");
        capture(1);
        assertThat(room.sockets.media()).noneMatch(bytes -> (bytes[0] & 0xC0) == 0x80);
    }

    @Test
    void anAssociationUnderAnotherNameReplacesTheFirst() throws Exception {
        agree(room.description(false, room.fingerprint()), true);
        assertThat(room.handshake(true, true).get(20, TimeUnit.SECONDS)).isTrue();
        MediaSecurity.Dtls again =
                new MediaSecurity.Dtls(false, List.of(room.fingerprint()), "another-name-0123456789", Optional.empty());
        agree(again, true);
        assertThat(room.handshake(true, true).get(20, TimeUnit.SECONDS)).isTrue();
        connectPage();
        assertThat(await(() -> protection().equals("DTLS AEAD_AES_128_GCM"))).isTrue();
        room.send(9);
        assertThat(await(() -> shown().equals(List.of(9)))).isTrue();
    }
}
