package org.sipmgw.media.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.rtp.Rtp;

/** The vectors of RFC 3711, RFC 6188 and RFC 7714. */
@Tag("srtp")
class RtpCipherTest {

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    /** RFC 3711 appendix B.2 and RFC 6188 section 7.1: the key stream of SSRC 0, index 0. */
    @ParameterizedTest
    @CsvSource({
        "2B7E151628AED2A6ABF7158809CF4F3C, "
                + "E03EAD0935C95E80E166B16DD92B4EB4 D23513162B02D0F72A43A2FE4A5F97AB 41E95B3BB0A2E8DD477901E4FCA894C0",
        "57f82fe3613fd170a85ec93c40b1f092 2ec4cb0dc025b58272147cc438944a98, "
                + "92bdd28a93c3f52511c677d08b5515a4 9da71b2378a854f67050756ded165bac 63c4868b7096d88421b563b8c94c9a31"
    })
    void counterModeHasTheKeyStreamOfItsRfc(String key, String keyStream) throws Exception {
        byte[] authenticationKey = new byte[20];
        CounterCipher cipher = new CounterCipher(hex(key), hex("F0F1F2F3F4F5F6F7F8F9FAFBFCFD"), authenticationKey, 10);
        Packet packet = new Packet(new byte[128]).view(0, 60);
        packet.buffer()[0] = (byte) 0x80;
        byte[] plain = Rtp.bytes(packet);

        assertThat(cipher.protect(packet, 0)).isTrue();
        assertThat(Arrays.copyOfRange(packet.buffer(), 12, 60)).isEqualTo(hex(keyStream));
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(authenticationKey, "HmacSHA1"));
        mac.update(packet.buffer(), 0, 60);
        mac.update(new byte[4]);
        assertThat(Arrays.copyOfRange(packet.buffer(), 60, 70)).isEqualTo(Arrays.copyOf(mac.doFinal(), 10));
        assertThat(packet.length()).isEqualTo(70);
        assertThat(cipher.open(packet, 0)).isTrue();
        assertThat(Rtp.bytes(packet)).isEqualTo(plain);
    }

    /** RFC 6188 section 7.2. */
    @Test
    void derivesTheKeysOfRfc6188() throws Exception {
        SessionKeys keys = new SessionKeys(
                hex("f0f04914b513f2763a1b1fa130f10e2998f6f6e43e4309d1e622a0e332b9f1b6"),
                hex("3b04803de51ee7c96423ab5b78d2"));

        assertThat(keys.derive(SessionKeys.RTP_ENCRYPTION, 32))
                .isEqualTo(hex("5ba1064e30ec51613cad926c5a28ef731ec7fb397f70a960653caf06554cd8c4"));
        assertThat(keys.derive(SessionKeys.RTP_SALT, 14)).isEqualTo(hex("fa31791685ca444a9e07c6c64e93"));
        assertThat(keys.derive(SessionKeys.RTP_AUTHENTICATION, 20))
                .isEqualTo(hex("fd9c32d39ed5fbb5a9dc96b30818454d1313dc05"));
    }

    /** RFC 7714 sections 16.1.1 and 16.2.1. */
    @ParameterizedTest
    @CsvSource({
        "000102030405060708090a0b0c0d0e0f, "
                + "f24de3a3fb34de6cacba861c9d7e4bcabe633bd50d294e6f42a5f47a51c7d19b36de3adf8833899d7f27beb16a9152cf"
                + "765ee4390cce",
        "000102030405060708090a0b0c0d0e0f101112131415161718191a1b1c1d1e1f, "
                + "32b1de78a822fe12ef9f78fa332e33aab18012389a58e2f3b50b2a0276ffae0f1ba63799b87b7aa3db36dfffd6b0f9bb"
                + "7878d7a76c13"
    })
    void galoisModeMakesThePacketOfItsRfc(String key, String encrypted) throws Exception {
        GcmCipher cipher = new GcmCipher(hex(key), hex("517569642070726f2071756f"));
        String header = "8040f17b8041f8d35501a0b2";
        byte[] plain = hex(header + "47616c6c696120657374206f6d6e697320646976697361 20696e207061727465732074726573");
        Packet packet = new Packet(Arrays.copyOf(plain, 100)).view(0, plain.length);

        assertThat(cipher.protect(packet, 0)).isTrue();
        assertThat(Rtp.bytes(packet)).isEqualTo(hex(header + encrypted));
        byte[] wire = Rtp.bytes(packet);
        assertThat(cipher.open(packet, 0)).isTrue();
        assertThat(Rtp.bytes(packet)).isEqualTo(plain);
        wire[wire.length - 1] ^= 1;
        assertThat(cipher.open(new Packet(wire).view(0, wire.length), 0)).isFalse();
    }

    @Test
    void aWindowTakesEachPacketOnceForAThousandPackets() {
        ReceiveWindow window = new ReceiveWindow();
        for (int i = 0; i < 200_000; i++) {
            long index = ReceiveWindow.index(window.rollOver(i & 0xFFFF), i & 0xFFFF);
            assertThat(index).isEqualTo(i);
            if (i % 3 != 0) {
                assertThat(window.isFresh(index)).isTrue();
                window.receive(index);
                assertThat(window.isFresh(index)).isFalse();
            } else if (i >= 900) {
                int late = i - 900;
                long lateIndex = ReceiveWindow.index(window.rollOver(late & 0xFFFF), late & 0xFFFF);
                assertThat(lateIndex).isEqualTo(late);
                assertThat(window.isFresh(lateIndex)).isTrue();
                window.receive(lateIndex);
                assertThat(window.isFresh(lateIndex)).isFalse();
            }
        }
        assertThat(window.isFresh(200_000 - 2_000)).isFalse();
    }
}
