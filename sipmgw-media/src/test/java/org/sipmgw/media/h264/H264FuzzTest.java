package org.sipmgw.media.h264;

import static org.assertj.core.api.Assertions.assertThat;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.rtp.PacketKind;
import org.sipmgw.media.rtp.PacketPool;
import org.sipmgw.media.rtp.PictureCounter;
import org.sipmgw.media.rtp.RtcpHandler;
import org.sipmgw.media.rtp.RtcpReader;
import org.sipmgw.media.rtp.Rtp;
import org.sipmgw.media.rtp.SequenceMap;
import org.sipmgw.media.rtp.TelephoneEvents;
import org.sipmgw.media.rtp.Vp8Payload;

/**
 * Whatever a room sends: nothing thrown, no buffer lost, no number given twice, nothing but well-formed RTP handed on.
 * Searches for new inputs by coverage when the environment has {@code JAZZER_FUZZ=1}.
 */
@Tag("fuzz")
class H264FuzzTest {
    private final PacketPool pool = new PacketPool();
    private final H264Repair repair = new H264Repair(pool, new SequenceMap(1), new PictureCounter());
    private final RtcpReader reader = new RtcpReader();
    private final Vp8Payload vp8 = new Vp8Payload();
    private final TelephoneEvents events = new TelephoneEvents();

    @FuzzTest(maxDuration = "10m")
    void readsAnyDatagram(byte[] bytes) {
        Packet packet = new Packet(Arrays.copyOf(bytes, bytes.length + 64)).view(0, bytes.length);
        switch (PacketKind.of(packet)) {
            case RTP -> media(packet);
            case RTCP -> reader.read(packet, new RtcpHandler() {});
            case STUN, DTLS, OTHER -> {}
        }
    }

    private void media(Packet packet) {
        if (!packet.isRtp()) {
            return;
        }
        assertThat(packet.payloadLength()).isNotNegative();
        events.key(packet);
        vp8.isKeyFrame(packet.buffer(), packet.payloadOffset(), packet.payloadLength());
        Set<Integer> numbers = new HashSet<>();
        repair.repair(packet, sent -> {
            assertThat(sent.isRtp()).isTrue();
            assertThat(numbers.add(sent.sequence())).isTrue();
        });
        assertThat(pool.lent()).isZero();
    }

    @Test
    void survivesMutations() {
        long seed = 264;
        Random random = new Random(seed);
        byte[][] seeds = {
            {0x67, 0x42, (byte) 0xc0, 0x1f, (byte) 0xd9, 0, 0x50, 5, (byte) 0xbb, 1, 0x6a},
            {0x68, (byte) 0xcb, (byte) 0x83, (byte) 0xcb, 0x20},
            {0x65, (byte) 0x88, (byte) 0x84, 0x20, 0},
            {0x7c, (byte) 0x85, (byte) 0x88, 4, 5, 6},
            {0x78, 0, 3, 0x67, 1, 2, 0, 2, 0x68, 3, 0, 1, 0x65},
            {0, 0, 0, 1, 0x67, 1, 2, 0, 0, 1, 0x68, 9, 0, 0, 1, 0x65, (byte) 0x88},
            {(byte) 0x90, (byte) 0xe0, (byte) 0x80, 1, 2, 0, 0, 0, (byte) 0x9d, 1, 0x2a, 1, 0, 1, 0}
        };
        for (int i = 0; i < 150_000; i++) {
            byte[] payload = seeds[random.nextInt(seeds.length)].clone();
            for (int k = random.nextInt(3); k > 0; k--) {
                payload[random.nextInt(payload.length)] = (byte) random.nextInt(256);
            }
            Packet packet = Rtp.packet(96, i + random.nextInt(3), i / 4 * 3000, 1);
            System.arraycopy(payload, 0, packet.buffer(), 12, payload.length);
            packet.length(12 + 1 + random.nextInt(payload.length));
            if (random.nextInt(20) == 0) {
                packet.buffer()[random.nextInt(12)] = (byte) random.nextInt(256);
            }
            try {
                readsAnyDatagram(Rtp.bytes(packet));
            } catch (RuntimeException e) {
                throw new AssertionError("seed " + seed + ", step " + i, e);
            }
        }
    }
}
