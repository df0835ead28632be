package org.sipmgw.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PacketKindTest {

    @ParameterizedTest
    @CsvSource({
        "0,1,STUN",
        "3,0,STUN",
        "4,0,OTHER",
        "19,0,OTHER",
        "20,0,DTLS",
        "63,0,DTLS",
        "64,0,OTHER",
        "127,0,OTHER",
        "128,0,RTP",
        "128,191,RTP",
        "128,192,RTCP",
        "129,200,RTCP",
        "191,223,RTCP",
        "128,224,RTP",
        "192,96,OTHER"
    })
    void tellsKindsByTheirFirstTwoBytes(int first, int second, PacketKind kind) {
        byte[] bytes = new byte[20];
        bytes[0] = (byte) first;
        bytes[1] = (byte) second;
        assertThat(PacketKind.of(new Packet(bytes).view(0, 20))).isEqualTo(kind);
    }

    @Test
    void shortDatagramsAreOfNoKind() {
        for (int length = 0; length < 8; length++) {
            assertThat(PacketKind.of(new Packet(new byte[20]).view(0, length))).isEqualTo(PacketKind.OTHER);
        }
        assertThat(PacketKind.of(Rtp.packet(96, 1, 1, 1).view(0, 11))).isEqualTo(PacketKind.OTHER);
    }

    @Test
    void headerExtensionAndPaddingMustFitTheDatagram() {
        Packet packet = Rtp.packet(96, 1, 1, 1, 0, 1, 0, 2, 9, 9, 9, 9, 8, 8, 8, 8, 7);
        assertThat(packet.isRtp()).isTrue();
        packet.buffer()[0] = (byte) 0x90;
        assertThat(packet.isRtp()).isTrue();
        assertThat(packet.headerLength()).isEqualTo(24);
        assertThat(packet.payloadLength()).isEqualTo(1);
        packet.buffer()[15] = 5;
        assertThat(packet.isRtp()).isFalse();
        packet.buffer()[15] = 2;
        packet.buffer()[0] = (byte) 0xB0;
        packet.buffer()[24] = 2;
        assertThat(packet.isRtp()).isFalse();
        packet.buffer()[24] = 1;
        assertThat(packet.isRtp()).isTrue();
        assertThat(packet.payloadLength()).isZero();
    }
}
