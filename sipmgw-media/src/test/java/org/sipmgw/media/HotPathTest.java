package org.sipmgw.media;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sipmgw.media.lab.FakePage;
import org.sipmgw.media.lab.FakeRoom;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.rtp.PacketPool;
import org.sipmgw.media.rtp.TransportExtension;
import org.sipmgw.media.srtp.SrtpKeys;
import org.sipmgw.media.srtp.SrtpProfile;
import org.sipmgw.media.srtp.SrtpSession;
import org.sipmgw.sdp.Direction;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.MediaSecurity;
import org.sipmgw.sdp.RtpCodec;
import org.sipmgw.sdp.RtpOptions;
import org.sipmgw.sdp.SrtpSuite;
import org.sipmgw.spi.MediaListener;

/** The way into the page allocates nothing: a million packets from demultiplexing to the socket, SRTP included. */
@Tag("media")
class HotPathTest {
    private static final int PACKETS = 1_000_000;
    private static final int WARM_UP = 200_000;
    private static final int PAYLOAD = 300;

    private final InetSocketAddress source = new InetSocketAddress(InetAddress.getLoopbackAddress(), 5000);
    private final Packet packet = new Packet(new byte[PacketPool.ORDINARY]);
    private @Nullable SrtpSession room;
    private int extensionId;
    private int sequence;
    private long nowNs = System.nanoTime();

    @Test
    void aMillionPacketsAllocateNothing() throws Exception {
        forward(MediaSecurity.plain(), PACKETS);
    }

    /** Neither does the note of when each came, nor the number of each that goes. */
    @Test
    @Tag("network")
    void numberedPacketsAllocateNothing() throws Exception {
        extensionId = 3;
        forward(MediaSecurity.plain(), PACKETS / 10);
    }

    /** The room's side has its own state in the same thread: it allocates nothing either. */
    @ParameterizedTest
    @EnumSource(
            value = SrtpSuite.class,
            names = {"AEAD_AES_256_GCM", "AES_CM_128_HMAC_SHA1_80"})
    @Tag("srtp")
    void protectedPacketsAllocateNothing(SrtpSuite suite) throws Exception {
        MediaSecurity.Sdes keys = EncryptedRoom.keys(suite);
        SrtpProfile profile = SrtpProfile.of(suite);
        byte[] key = keys.remote().key();
        byte[] salt = keys.remote().salt();
        room = new SrtpSession(new SrtpKeys(profile, key, salt, key, salt));
        forward(keys, PACKETS / 10);
    }

    private void forward(MediaSecurity security, int count) throws Exception {
        BridgedMediaEngine engine = BridgedMediaEngine.builder().build(new FakeCapture());
        CountDownLatch connected = new CountDownLatch(1);
        MediaListener listener = new MediaListener() {
            @Override
            public void onPageConnected(boolean is) {
                connected.countDown();
            }
        };
        BridgedMediaSession session = (BridgedMediaSession) engine.open(InetAddress.getLoopbackAddress(), listener);
        FakeRoom audio = new FakeRoom(MediaKind.AUDIO, session.localMedia());
        FakeRoom video = new FakeRoom(MediaKind.VIDEO, session.localMedia());
        FakePage page = new FakePage();
        try (engine;
                audio;
                video;
                page) {
            session.configure(List.of(
                    audio.stream(new RtpCodec("opus", 97, 48_000, 2, Map.of()), Direction.SENDRECV),
                    EncryptedRoom.secured(
                            video.stream(
                                    new RtpCodec("H264", 96, 90_000, 1, Map.of("packetization-mode", "1")),
                                    Direction.SENDRECV,
                                    RtpOptions.none()
                                            .withTransportSequence(
                                                    extensionId == 0
                                                            ? OptionalInt.empty()
                                                            : OptionalInt.of(extensionId))),
                            security)));
            assertThat(page.connect(session)).isTrue();
            // the page has its keys before the session has; packets before that are dropped
            assertThat(connected.await(10, TimeUnit.SECONDS)).isTrue();
            page.forget();
            long[] allocated = new long[1];
            engine.loop().await(() -> {
                RoomToPagePath path = session.tracks().video().path();
                RoomSink sink = session.tracks().video().outgoing().sink();
                send(path, WARM_UP);
                sendToRoom(sink, WARM_UP);
                ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
                long before = threads.getCurrentThreadAllocatedBytes();
                send(path, count);
                sendToRoom(sink, count);
                allocated[0] = threads.getCurrentThreadAllocatedBytes() - before;
            });
            PathCounters ends = session.tracks().video().path().ends();
            System.out.printf("%d bytes for %d packets%n", allocated[0], count);
            assertThat(ends.of(PathStatus.FORWARDED)).isEqualTo(count + WARM_UP);
            assertThat(allocated[0]).isLessThan(PACKETS / 100);
        }
    }

    private void send(RoomToPagePath path, int count) {
        byte[] b = packet.buffer();
        for (int i = 0; i < count; i++) {
            sequence++;
            nowNs += 11_000_000L;
            packet.view(0, 12 + PAYLOAD);
            Arrays.fill(b, 12, 12 + PAYLOAD, (byte) 0x55);
            b[0] = (byte) 0x80;
            b[1] = 96;
            packet.marker(sequence % 3 == 2);
            packet.sequence(sequence & 0xFFFF);
            packet.timestamp(sequence / 3 * 3000);
            packet.ssrc(42);
            b[12] = 0x41;
            if (room != null) {
                room.protectRtp(packet);
            }
            if (extensionId != 0) {
                packet.length(TransportExtension.insert(b, 0, packet.length(), b, extensionId, sequence & 0xFFFF));
            }
            path.datagram(packet, source, nowNs);
        }
    }

    /** The other way, where packets are numbered on it. */
    private void sendToRoom(RoomSink sink, int count) {
        for (int i = 0; i < count && extensionId != 0; i++) {
            byte[] b = packet.buffer();
            packet.view(0, 12 + PAYLOAD);
            b[0] = (byte) 0x80;
            packet.sequence(i & 0xFFFF);
            sink.packet(b, 0, packet.length());
        }
    }
}
