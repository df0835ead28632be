package org.sipmgw.testsupport;

import java.util.Arrays;
import java.util.Optional;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.srtp.SrtpKeys;
import org.sipmgw.media.srtp.SrtpSession;
import org.sipmgw.media.srtp.SrtpStatus;

/**
 * SRTP and SRTCP of one media line of a {@link VirtualPhone}. Before there are keys nothing is sent and nothing is
 * opened. Thread-safe.
 */
final class PhoneSrtp {

    private Optional<SrtpSession> session = Optional.empty();

    /** Uses these keys from now on. */
    synchronized void use(SrtpKeys keys) {
        session = Optional.of(new SrtpSession(keys));
    }

    /** The packet protected; empty before there are keys. */
    synchronized byte[] protect(byte[] packet, boolean report) {
        if (session.isEmpty()) {
            return new byte[0];
        }
        Packet room = new Packet(Arrays.copyOf(packet, packet.length + 64)).view(0, packet.length);
        SrtpStatus status =
                report ? session.get().protectRtcp(room) : session.get().protectRtp(room);
        return status == SrtpStatus.OK ? Arrays.copyOf(room.buffer(), room.length()) : new byte[0];
    }

    /** Opens in place; the new length, 0 where it is not authentic. */
    synchronized int open(byte[] buffer, int length, boolean report) {
        Packet packet = new Packet(buffer).view(0, length);
        if (session.isEmpty() || (!report && !packet.isRtpHeader())) {
            return 0;
        }
        SrtpStatus status =
                report ? session.get().unprotectRtcp(packet) : session.get().unprotectRtp(packet);
        return status == SrtpStatus.OK ? packet.length() : 0;
    }
}
