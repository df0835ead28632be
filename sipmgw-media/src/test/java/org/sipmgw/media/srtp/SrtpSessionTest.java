package org.sipmgw.media.srtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.spec.IvParameterSpec;
import javax.crypto.spec.SecretKeySpec;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sipmgw.media.rtp.Bytes;
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

    /** As a room system does that begins a new stream with every hold and resume. */
    @Test
    void takesAnyNumberOfStreamsOneAfterTheOther() {
        SrtpProfile profile = SrtpProfile.values()[0];
        try (SrtpSession other = new SrtpSession(keys(profile, false))) {
            for (int stream = 0; stream < 100; stream++) {
                assertThat(other.unprotectRtp(sent(profile, 7, 1000 + stream)))
                        .as("stream %d", stream)
                        .isEqualTo(SrtpStatus.OK);
                assertThat(other.unprotectRtp(sent(profile, stream, 9))).isEqualTo(SrtpStatus.OK);
                assertThat(other.unprotectRtp(sent(profile, stream, 9)))
                        .as("the stream that goes on is known all the time")
                        .isEqualTo(SrtpStatus.REPLAYED);
            }
        }
    }

    private static Packet sent(SrtpProfile profile, int sequence, int ssrc) {
        try (SrtpSession one = new SrtpSession(keys(profile, true))) {
            Packet packet = Rtp.packet(96, sequence, 1, ssrc, 1);
            assertThat(one.protectRtp(packet)).isEqualTo(SrtpStatus.OK);
            return packet;
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

    @ParameterizedTest
    @EnumSource(SrtpProfile.class)
    @Tag("srtp")
    void theMasterKeyIdentifierOfTheOtherSideIsTakenOut(SrtpProfile profile) {
        try (SrtpSession one = new SrtpSession(keys(profile, true));
                SrtpSession other = new SrtpSession(keys(profile, false), 4)) {
            Packet rtp = Rtp.packet(96, 5, 1, 9, 1, 2, 3, 4);
            byte[] plainRtp = Rtp.bytes(rtp);
            one.protectRtp(rtp);
            Packet received = received(identified(Rtp.bytes(rtp), profile.tagBehind(false)));
            assertThat(other.unprotectRtp(received)).isEqualTo(SrtpStatus.OK);
            assertThat(Rtp.bytes(received)).isEqualTo(plainRtp);

            Packet rtcp = new Packet(new byte[256]);
            new RtcpWriter(rtcp).receiverReport(7).canonicalName(7, "x");
            byte[] plainRtcp = Rtp.bytes(rtcp);
            one.protectRtcp(rtcp);
            received = received(identified(Rtp.bytes(rtcp), profile.tagBehind(true)));
            assertThat(other.unprotectRtcp(received)).isEqualTo(SrtpStatus.OK);
            assertThat(Rtp.bytes(received)).isEqualTo(plainRtcp);
            assertThat(other.unprotectRtp(received(Arrays.copyOf(plainRtp, 14))))
                    .isNotEqualTo(SrtpStatus.OK);
        }
    }

    private static byte[] identified(byte[] wire, int tagBehind) {
        byte[] longer = Arrays.copyOf(wire, wire.length + 4);
        int at = wire.length - tagBehind;
        System.arraycopy(wire, at, longer, at + 4, tagBehind);
        Arrays.fill(longer, at, at + 4, (byte) 1);
        return longer;
    }

    /** RFC 6188: the library's RTCP contexts derive the long keys as the RFC says, checked by the JDK's ciphers. */
    @Test
    @Tag("srtp")
    void rtcpUnderLongKeysIsWhatRfc6188Says() throws Exception {
        SrtpProfile profile = SrtpProfile.AES256_CM_HMAC_SHA1_80;
        SrtpKeys keys = keys(profile, true);
        SessionKeys derived = new SessionKeys(keys.sendKey(), keys.sendSalt());
        Packet packet = new Packet(new byte[256]);
        new RtcpWriter(packet).receiverReport(7).canonicalName(7, "x");
        byte[] plain = Rtp.bytes(packet);
        try (SrtpSession session = new SrtpSession(keys)) {
            session.protectRtcp(packet);
        }
        byte[] wire = Rtp.bytes(packet);
        int end = wire.length - 14;
        int index = Bytes.int32(wire, end) & 0x7FFF_FFFF;
        byte[] iv = Arrays.copyOf(derived.derive(5, 14), 16);
        iv[7] ^= 7;
        iv[13] ^= (byte) index;
        Cipher cipher = Cipher.getInstance("AES/CTR/NoPadding");
        cipher.init(Cipher.DECRYPT_MODE, new SecretKeySpec(derived.derive(3, 32), "AES"), new IvParameterSpec(iv));
        assertThat(cipher.doFinal(wire, 8, end - 8)).isEqualTo(Arrays.copyOfRange(plain, 8, plain.length));
        Mac mac = Mac.getInstance("HmacSHA1");
        mac.init(new SecretKeySpec(derived.derive(4, 20), "HmacSHA1"));
        mac.update(wire, 0, end + 4);
        assertThat(Arrays.copyOfRange(wire, end + 4, wire.length)).isEqualTo(Arrays.copyOf(mac.doFinal(), 10));
    }

    private static Packet received(byte[] wire) {
        return new Packet(Arrays.copyOf(wire, wire.length + 64)).view(0, wire.length);
    }
}
