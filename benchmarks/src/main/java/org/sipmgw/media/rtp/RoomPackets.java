package org.sipmgw.media.rtp;

import java.util.Arrays;
import org.sipmgw.media.srtp.SrtpKeys;
import org.sipmgw.media.srtp.SrtpProfile;
import org.sipmgw.media.srtp.SrtpSession;

/** What benchmarks forward: a room's packets of 1200 bytes, one a millisecond, as the socket fills the one buffer. */
final class RoomPackets {
    private static final int LENGTH = 1200;
    private static final int ROOM_SSRC = 0x524f4f4d;

    private final Packet packet = new Packet(new byte[LENGTH + 64]);
    private int sequence;
    private long nowNs;

    Packet next() {
        sequence++;
        nowNs += 1_000_000;
        packet.view(0, LENGTH);
        packet.buffer()[0] = (byte) 0x80;
        packet.buffer()[1] = 97;
        packet.sequence(sequence & 0xFFFF);
        packet.timestamp(sequence * 90);
        packet.ssrc(ROOM_SSRC);
        return packet;
    }

    /** When the last one came. */
    long nowNs() {
        return nowNs;
    }

    /** AEAD_AES_128_GCM, the same keys both ways. */
    static SrtpSession session() {
        SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;
        byte[] key = new byte[profile.keyLength()];
        byte[] salt = new byte[profile.saltLength()];
        Arrays.fill(key, (byte) 1);
        return new SrtpSession(new SrtpKeys(profile, key, salt, key, salt));
    }

    static Forwarder forwarder() {
        Forwarder made = new Forwarder(0x50414745, 100, 5000);
        made.format(102, 90_000);
        return made;
    }
}
