package org.sipmgw.testsupport;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.srtp.SrtpKeys;
import org.sipmgw.media.srtp.SrtpProfile;
import org.sipmgw.media.srtp.SrtpSession;
import org.sipmgw.media.srtp.SrtpStatus;

/**
 * SRTP of one media line of a {@link VirtualPhone}: AEAD_AES_256_GCM with keys in the descriptions (RFC 4568). Before the
 * other side's key is known nothing is sent and nothing is opened. Thread-safe.
 */
final class PhoneKeys {

    private static final String SUITE = "AEAD_AES_256_GCM";
    private static final SrtpProfile PROFILE = SrtpProfile.AEAD_AES_256_GCM;

    private final SecureRandom random = new SecureRandom();
    private byte[] own = {};
    private byte[] theirs = {};
    private SrtpSession session = session();
    private boolean keyed;

    PhoneKeys() {
        renew();
    }

    /** Offers another key from now on; it is used when the answer has come. */
    synchronized void renew() {
        own = new byte[PROFILE.keyLength() + PROFILE.saltLength()];
        random.nextBytes(own);
        theirs = new byte[0];
    }

    /** The attribute of an offer, without {@code a=}. */
    synchronized String attribute() {
        return "crypto:1 " + SUITE + " inline:" + Base64.getEncoder().encodeToString(own);
    }

    /** Reads the attributes of the answer; the same keys go on with their counters. */
    synchronized void answered(List<String> attributes) {
        String prefix = "crypto:1 " + SUITE + " inline:";
        for (String attribute : attributes) {
            if (attribute.startsWith(prefix)) {
                byte[] answered = Base64.getDecoder().decode(attribute.substring(prefix.length()));
                if (!Arrays.equals(answered, theirs)) {
                    theirs = answered;
                    session = session();
                    keyed = true;
                }
                return;
            }
        }
        throw new IllegalStateException("the answer selects no key of the offer: " + attributes.size() + " attributes");
    }

    private SrtpSession session() {
        byte[] mine = Arrays.copyOf(own, PROFILE.keyLength() + PROFILE.saltLength());
        byte[] other = Arrays.copyOf(theirs, mine.length);
        return new SrtpSession(new SrtpKeys(
                PROFILE,
                Arrays.copyOf(mine, PROFILE.keyLength()),
                Arrays.copyOfRange(mine, PROFILE.keyLength(), mine.length),
                Arrays.copyOf(other, PROFILE.keyLength()),
                Arrays.copyOfRange(other, PROFILE.keyLength(), other.length)));
    }

    /** The packet protected; empty before there are keys. */
    synchronized byte[] protect(byte[] packet, boolean report) {
        if (!keyed) {
            return new byte[0];
        }
        Packet room = new Packet(Arrays.copyOf(packet, packet.length + 64)).view(0, packet.length);
        SrtpStatus status = report ? session.protectRtcp(room) : session.protectRtp(room);
        return status == SrtpStatus.OK ? Arrays.copyOf(room.buffer(), room.length()) : new byte[0];
    }

    /** Opens in place; the new length, 0 where it is not authentic. */
    synchronized int open(byte[] buffer, int length, boolean report) {
        Packet packet = new Packet(buffer).view(0, length);
        boolean whole = report || packet.isRtpHeader();
        SrtpStatus status = !keyed || !whole
                ? SrtpStatus.REFUSED
                : report ? session.unprotectRtcp(packet) : session.unprotectRtp(packet);
        return status == SrtpStatus.OK ? packet.length() : 0;
    }
}
