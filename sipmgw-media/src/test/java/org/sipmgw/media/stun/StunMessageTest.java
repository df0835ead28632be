package org.sipmgw.media.stun;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.media.rtp.PacketPool;

@Tag("turn")
class StunMessageTest {
    /** RFC 5769 section 2.2. */
    private static final byte[] RESPONSE = HexFormat.of()
            .parseHex("0101003c2112a442b7e7a701bc34d686fa87dfae8022000b7465737420766563746f7220"
                    + "002000080001a147e112a643000800142b91f599fd9e90c38c7489f92af9ba53f06be7d780280004c07d4c96");

    /** Bytes up to the end of MESSAGE-INTEGRITY. */
    private static final int COVERED = 72;

    private static final StunKey KEY = StunKey.shortTerm("VOkJxbRl1RmTxUk/WvJxBt");
    private static final long SEED = 20_261_124;

    @Test
    void theResponseOfTheTestVectorsIsReadAndAuthentic() {
        StunMessage message = StunMessage.at(RESPONSE, 0, RESPONSE.length).orElseThrow();
        assertThat(message.method()).isEqualTo(Stun.BINDING);
        assertThat(message.messageClass()).isEqualTo(Stun.SUCCESS);
        assertThat(message.address(Stun.XOR_MAPPED_ADDRESS)).contains(new InetSocketAddress("192.0.2.1", 32_853));
        assertThat(message.isAuthentic(KEY)).isTrue();
        assertThat(message.isAuthentic(StunKey.shortTerm("another one"))).isFalse();
    }

    @Test
    void whatIsWrittenIsRead() {
        byte[] id = new byte[Stun.ID_BYTES];
        new Random(SEED).nextBytes(id);
        InetSocketAddress ipv6 = new InetSocketAddress("2001:db8::1:2", 4711);
        StunKey key = StunKey.longTerm("user", "realm", "pass");
        byte[] bytes = new StunWriter(Stun.ALLOCATE, Stun.REQUEST, id)
                .address(Stun.XOR_PEER_ADDRESS, ipv6)
                .text(Stun.NONCE, "odd length n")
                .number(Stun.LIFETIME, 600)
                .authenticated(key);
        StunMessage message = StunMessage.at(bytes, 0, bytes.length).orElseThrow();
        assertThat(message.address(Stun.XOR_PEER_ADDRESS)).contains(ipv6);
        assertThat(message.number(Stun.LIFETIME, 0)).isEqualTo(600);
        assertThat(message.isAuthentic(key)).isTrue();
        assertThat(message.answers(id)).isTrue();
    }

    @Test
    void anyChangeIsNoticedAndNothingThrows() {
        Random random = new Random(SEED);
        int authentic = 0;
        for (int round = 0; round < 200_000; round++) {
            byte[] bytes = RESPONSE.clone();
            int length = bytes.length;
            int changes = 1 + random.nextInt(4);
            for (int i = 0; i < changes; i++) {
                bytes[random.nextInt(bytes.length)] = (byte) random.nextInt(256);
            }
            if (random.nextInt(4) == 0) {
                length = random.nextInt(bytes.length);
            }
            if (Arrays.equals(bytes, 0, COVERED, RESPONSE, 0, COVERED)) {
                // what stands behind the integrity is not covered by it, and never believed
                continue;
            }
            authentic += StunMessage.at(bytes, 0, length)
                            .filter(StunMessageTest::readAll)
                            .isPresent()
                    ? 1
                    : 0;
        }
        assertThat(authentic).as("seed %d", SEED).isZero();
    }

    /** Reads everything there is, whatever it is; whether it is authentic. */
    private static boolean readAll(StunMessage message) {
        for (int type : new int[] {0x01, 0x06, 0x09, 0x0D, 0x12, 0x13, 0x14, 0x15, 0x16, 0x20, 0x22, 0x8022}) {
            message.bytes(type);
            message.text(type);
            message.number(type, 0);
            message.address(type);
        }
        message.errorCode();
        message.errorReason();
        if (message.dataOffset() >= 0) {
            message.dataLength();
        }
        return message.has(Stun.MESSAGE_INTEGRITY) && message.isAuthentic(KEY);
    }

    @Test
    void framesOfAStreamAreFoundHoweverItIsCut() {
        Random random = new Random(SEED);
        List<Integer> lengths = new ArrayList<>();
        List<String> ends = new ArrayList<>();
        TurnFrames frames =
                new TurnFrames(new PacketPool(), (packet, nowNs) -> lengths.add(packet.length()), ends::add);
        ByteBuffer all = ByteBuffer.allocate(400_000);
        List<Integer> sent = new ArrayList<>();
        for (int i = 0; i < 500; i++) {
            int length = random.nextInt(700);
            if (i % 7 == 0) {
                all.put(RESPONSE);
                sent.add(RESPONSE.length);
            } else {
                all.putInt(0x4000_0000 | length).put(new byte[(length + 3) & ~3]);
                sent.add(length + 4);
            }
        }
        all.flip();
        ByteBuffer received = ByteBuffer.allocate(4096);
        while (all.hasRemaining() || received.position() > 0) {
            for (int i = random.nextInt(1000); i > 0 && all.hasRemaining() && received.hasRemaining(); i--) {
                received.put(all.get());
            }
            received.flip();
            frames.bytes(received, 0);
            received.compact();
        }
        assertThat(lengths).isEqualTo(sent);
        assertThat(ends).isEmpty();
    }

    @Test
    void aStreamOfSomethingElseEndsIt() {
        List<String> ends = new ArrayList<>();
        TurnFrames frames = new TurnFrames(new PacketPool(), (packet, nowNs) -> {}, ends::add);
        frames.bytes(ByteBuffer.wrap(new byte[] {(byte) 0xFF, 1, 2, 3, 4, 5, 6, 7}), 0);
        assertThat(ends).hasSize(1);
    }
}
