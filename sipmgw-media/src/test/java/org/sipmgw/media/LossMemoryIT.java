package org.sipmgw.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.media.lab.ChromiumPage;
import org.sipmgw.media.lab.FakePage;
import org.sipmgw.media.lab.FakeRoom;
import org.sipmgw.media.rtp.Bytes;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.rtp.RtcpWriter;
import org.sipmgw.media.rtp.Rtp;
import org.sipmgw.sdp.Direction;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.RtcpFeedback;
import org.sipmgw.sdp.RtpCodec;
import org.sipmgw.spi.MediaEngine;
import org.sipmgw.spi.MediaListener;

/** Half an hour with a tenth of all packets lost, both ways; {@code -Dnetwork.minutes=3} is a shorter one. */
@Tag("network")
@Tag("long")
class LossMemoryIT {
    private static final int MINUTES = Integer.getInteger("network.minutes", 30);
    private static final long SEED = 20_261_124;
    private static final double LOSS = 0.10;
    private static final int NACK = 20_501;
    private static final long ALLOWED_BYTES = 6L << 20;
    private static final RtpCodec H264 = new RtpCodec("H264", 96, 90_000, 1, Map.of("packetization-mode", "1"));
    private static final RtpCodec OPUS = new RtpCodec("opus", 97, 48_000, 2, Map.of());

    private final Random random = new Random(SEED);
    private final byte[] payload = new byte[1_100];
    private int sequence = 65_000;
    private int outSequence = 65_000;

    @Test
    void memoryStaysFlatWithATenthLost() throws Exception {
        System.out.println("seed " + SEED + ", " + MINUTES + " minutes");
        CountDownLatch connected = new CountDownLatch(1);
        BridgedMediaEngine engine = BridgedMediaEngine.builder().build(new FakeCapture());
        BridgedMediaSession session =
                (BridgedMediaSession) engine.open(InetAddress.getLoopbackAddress(), new MediaListener() {
                    @Override
                    public void onPageConnected(boolean is) {
                        connected.countDown();
                    }
                });
        try (engine;
                FakeRoom audio = new FakeRoom(MediaKind.AUDIO, session.localMedia());
                FakeRoom video = new FakeRoom(MediaKind.VIDEO, session.localMedia());
                FakePage page = new FakePage()) {
            session.configure(List.of(
                    audio.stream(OPUS, Direction.SENDRECV),
                    video.stream(H264, Direction.SENDRECV, RtcpFeedback.NACK, RtcpFeedback.PLI, RtcpFeedback.TMMBR)));
            assertThat(page.connect(session)).isTrue();
            assertThat(connected.await(10, TimeUnit.SECONDS)).isTrue();
            page.forget();
            run(session, audio, video, 60);
            long first = heapBytes();
            long firstDirect = directBytes();
            for (int minute = 1; minute < MINUTES; minute++) {
                run(session, audio, video, 60);
                System.out.printf(
                        "after %d min: %d kB of heap and %d kB of direct memory more than after the first;"
                                + " recovered %d, missing now %d, packets lent %d, sockets %d%n",
                        minute + 1,
                        (heapBytes() - first) / 1024,
                        (directBytes() - firstDirect) / 1024,
                        session.tracks().video().recovery().recovered(),
                        missing(engine, session),
                        lent(engine),
                        engine.loop().ports());
                assertThat(missing(engine, session)).isLessThan(256);
                assertThat(lent(engine)).isZero();
            }
            assertThat(heapBytes() - first).isLessThan(ALLOWED_BYTES);
            assertThat(directBytes() - firstDirect).isZero();
            assertThat(session.tracks().video().recovery().recovered()).isPositive();
            session.close();
            assertThat(engine.inventory()).isEqualTo(new MediaEngine.Inventory(0, 0, 0));
        }
    }

    /** Buffers outside the heap, those of the sockets' threads included. */
    private static long directBytes() {
        return ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class).stream()
                .filter(pool -> pool.getName().equals("direct"))
                .mapToLong(BufferPoolMXBean::getMemoryUsed)
                .sum();
    }

    private static int missing(BridgedMediaEngine engine, BridgedMediaSession session) {
        int[] count = new int[1];
        engine.loop().await(() -> count[0] = session.tracks().video().recovery().missingNow());
        return count[0];
    }

    private static int lent(BridgedMediaEngine engine) {
        int[] count = new int[1];
        engine.loop().await(() -> count[0] = engine.loop().pool().lent());
        return count[0];
    }

    private static long heapBytes() {
        for (int i = 0; i < 3; i++) {
            System.gc();
            ChromiumPage.pause(100);
        }
        return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
    }

    /** 200 packets of picture each way and 50 of sound a second. */
    private void run(BridgedMediaSession session, FakeRoom audio, FakeRoom video, int seconds) throws IOException {
        RoomSink sink = session.tracks().video().outgoing().sink();
        int ssrc = session.tracks().video().outgoing().ssrc();
        long endNs = System.nanoTime() + seconds * 1_000_000_000L;
        for (long turn = 0; System.nanoTime() < endNs; turn++) {
            for (int i = 0; i < 4; i++) {
                picture(video, sequence++ & 0xFFFF, true);
                byte[] sent = packet(outSequence++ & 0xFFFF, ssrc);
                sink.packet(sent, 0, sent.length);
            }
            audio.send(Rtp.bytes(Rtp.packet(97, sequence >> 2 & 0xFFFF, (sequence >> 2) * 960, 0x33, 1, 2, 3)));
            answer(video);
            if (turn % 10 == 0) {
                miss(video, ssrc);
            }
            video.received().clear();
            audio.received().clear();
            ChromiumPage.pause(20);
        }
    }

    private byte[] packet(int number, int ssrc) {
        byte[] bytes = new byte[12 + payload.length];
        bytes[0] = (byte) 0x80;
        bytes[1] = 96;
        Bytes.int16(bytes, 2, number);
        Bytes.int32(bytes, 4, sequence / 4 * 1_800);
        Bytes.int32(bytes, 8, ssrc);
        bytes[12] = 0x41;
        bytes[13] = (byte) 0x9A;
        return bytes;
    }

    private void picture(FakeRoom video, int number, boolean mayBeLost) throws IOException {
        if (!mayBeLost || random.nextDouble() >= LOSS) {
            video.send(packet(number, 0x77));
        }
    }

    /** What the gateway asks for is resent, a tenth of it lost again. */
    private void answer(FakeRoom video) throws IOException {
        for (FakeRoom.Received request : video.control(NACK)) {
            byte[] bytes = request.bytes();
            int first = Bytes.uint16(bytes, bytes.length - 4);
            int following = Bytes.uint16(bytes, bytes.length - 2);
            picture(video, first, true);
            for (int bit = 0; bit < 16; bit++) {
                if ((following & 1 << bit) != 0) {
                    picture(video, first + bit + 1 & 0xFFFF, true);
                }
            }
        }
    }

    private void miss(FakeRoom video, int ssrc) throws IOException {
        Packet packet = new Packet(new byte[256]);
        new RtcpWriter(packet)
                .receiverReport(1)
                .reportBlock(ssrc, 25, 1000, outSequence & 0xFFFF, 0, 0, 0)
                .nack(1, ssrc, outSequence - 20 & 0xFFFF, random.nextInt(0x1_0000));
        video.sendControl(Rtp.bytes(packet));
    }
}
