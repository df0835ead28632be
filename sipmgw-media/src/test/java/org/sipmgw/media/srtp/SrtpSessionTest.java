package org.sipmgw.media.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.rtp.RtcpWriter;
import org.sipmgw.media.rtp.Rtp;

class SrtpSessionTest {

    private static SrtpKeys keys(SrtpProfile profile, boolean client) {
        byte[] exported = new byte[2 * (profile.keyLength() + profile.saltLength())];
        for (int i = 0; i < exported.length; i++) {
            exported[i] = (byte) (i * 7 + 1);
        }
        return SrtpKeys.ofExport(profile, exported, client);
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text.replace(" ", ""));
    }

    /** RFC 3711 appendix B.3. */
    @Test
    void derivesTheKeysOfRfc3711() throws Exception {
        SessionKeys keys =
                new SessionKeys(hex("E1F97A0D3E018BE0D64FA32C06DE4139"), hex("0EC675AD498AFEEBB6960B3AABE6"));
        assertThat(keys.derive(SessionKeys.RTP_ENCRYPTION, 16)).isEqualTo(hex("C61E7A93744F39EE10734AFE3FF7A087"));
        assertThat(keys.derive(SessionKeys.RTP_SALT, 14)).isEqualTo(hex("30CBBC08863D8C85D49DB34A9AE1"));
        assertThat(keys.derive(SessionKeys.RTP_AUTHENTICATION, 94)).startsWith(hex("CEBE321F6FF7716B6FD4AB49AF256A15"));
    }

    /** RFC 7714 section 16.1.1. */
    @Test
    void protectsThePacketOfRfc7714() throws Exception {
        GcmProtector protector =
                new GcmProtector(hex("000102030405060708090a0b0c0d0e0f"), hex("517569642070726f2071756f"));
        byte[] plain = hex("8040f17b 8041f8d3 5501a0b2 47616c6c 69612065 7374206f 6d6e6973 20646976 69736120 696e2070"
                + "61727465 73207472 6573");
        Packet packet = new Packet(Arrays.copyOf(plain, 100)).view(0, plain.length);
        assertThat(protector.protect(packet)).isEqualTo(SrtpStatus.OK);
        assertThat(Rtp.bytes(packet))
                .isEqualTo(hex("8040f17b 8041f8d3 5501a0b2 f24de3a3 fb34de6c acba861c 9d7e4bca be633bd5 0d294e6f"
                        + "42a5f47a 51c7d19b 36de3adf 8833899d 7f27beb1 6a9152cf 765ee439 0cce"));
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void theOtherSideOpensWhatOneProtectsOverTheWrap(SrtpProfile profile) {
        try (SrtpSession one = new SrtpSession(keys(profile, true));
                SrtpSession other = new SrtpSession(keys(profile, false))) {
            for (int i = 0; i < 70_000; i++) {
                Packet packet = Rtp.packet(96, 60_000 + i, i, 9, i, 2, 3);
                byte[] plain = Rtp.bytes(packet);
                assertThat(one.protectRtp(packet)).isEqualTo(SrtpStatus.OK);
                if (i % 97 == 0) {
                    // the library's receiver follows the roll-over although packets are lost
                    assertThat(packet.length()).isGreaterThan(plain.length);
                    assertThat(other.unprotectRtp(packet)).isEqualTo(SrtpStatus.OK);
                    assertThat(Rtp.bytes(packet)).isEqualTo(plain);
                }
            }
        }
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void latePacketsBeforeTheWrapAreProtectedWithTheirOwnCounter(SrtpProfile profile) {
        try (SrtpSession one = new SrtpSession(keys(profile, true));
                SrtpSession other = new SrtpSession(keys(profile, false))) {
            for (int sequence : new int[] {65_534, 0, 65_535, 2, 1}) {
                Packet packet = Rtp.packet(96, sequence, 1, 9, 1);
                assertThat(one.protectRtp(packet)).isEqualTo(SrtpStatus.OK);
                assertThat(other.unprotectRtp(packet))
                        .as("sequence %d", sequence)
                        .isEqualTo(SrtpStatus.OK);
            }
        }
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void refusesForgedAndReplayedPackets(SrtpProfile profile) {
        try (SrtpSession one = new SrtpSession(keys(profile, true));
                SrtpSession other = new SrtpSession(keys(profile, false))) {
            Packet packet = Rtp.packet(96, 5, 1, 9, 1, 2, 3, 4);
            one.protectRtp(packet);
            byte[] wire = Rtp.bytes(packet);
            byte[] forged = wire.clone();
            forged[13] ^= 1;
            assertThat(other.unprotectRtp(received(forged))).isEqualTo(SrtpStatus.FORGED);
            assertThat(other.unprotectRtp(received(wire))).isEqualTo(SrtpStatus.OK);
            assertThat(other.unprotectRtp(received(wire))).isEqualTo(SrtpStatus.REPLAYED);
            assertThat(other.unprotectRtp(received(Arrays.copyOf(wire, 14)))).isNotEqualTo(SrtpStatus.OK);
        }
    }

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    void protectsAndOpensRtcp(SrtpProfile profile) {
        try (SrtpSession one = new SrtpSession(keys(profile, true));
                SrtpSession other = new SrtpSession(keys(profile, false))) {
            for (int i = 0; i < 5; i++) {
                Packet packet = new Packet(new byte[256]);
                new RtcpWriter(packet).receiverReport(7).canonicalName(7, "x").pictureLoss(7, i);
                byte[] plain = Rtp.bytes(packet);
                assertThat(one.protectRtcp(packet)).isEqualTo(SrtpStatus.OK);
                byte[] wire = Rtp.bytes(packet);
                assertThat(other.unprotectRtcp(packet)).isEqualTo(SrtpStatus.OK);
                assertThat(Rtp.bytes(packet)).isEqualTo(plain);
                assertThat(other.unprotectRtcp(received(wire))).isEqualTo(SrtpStatus.REPLAYED);
            }
        }
    }

    private static Packet received(byte[] wire) {
        return new Packet(Arrays.copyOf(wire, wire.length + 64)).view(0, wire.length);
    }
}
