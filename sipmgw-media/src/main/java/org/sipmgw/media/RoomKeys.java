package org.sipmgw.media;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.rtp.PacketPool;
import org.sipmgw.media.srtp.SrtpProfile;
import org.sipmgw.media.srtp.SrtpSession;
import org.sipmgw.media.srtp.SrtpStatus;

/**
 * The keys in force for packets of one sort, and for a moment those before: what was under way when keys changed, and
 * what the room sends before it has read the answer, is still opened. Belongs to the media thread.
 */
final class RoomKeys {
    private static final long OLD_KEYS_NS = 2_000_000_000L;
    private static final int SUSPICIOUS = 50;

    private boolean required;
    private @Nullable SrtpSession session;
    private @Nullable SrtpSession before;
    private long beforeUntilNs;
    private @Nullable Packet copy;
    private int forgedInARow;
    private boolean reported;

    /** These keys from now on. */
    void replace(SrtpSession next, long nowNs) {
        require(nowNs);
        session = next;
    }

    /** The same keys as the other's from now on. */
    void follow(RoomKeys other) {
        required = other.required;
        session = other.session;
        before = other.before;
        beforeUntilNs = other.beforeUntilNs;
        forgedInARow = 0;
        reported = false;
    }

    /** Keys are awaited. */
    void require(long nowNs) {
        if (session != null) {
            before = session;
            beforeUntilNs = nowNs + OLD_KEYS_NS;
        }
        required = true;
        session = null;
        forgedInARow = 0;
        reported = false;
    }

    /** No keys. */
    void clear() {
        required = false;
        session = null;
        before = null;
    }

    /** {@link PathStatus#FORWARDED} where the packet is open, or needs no opening. */
    PathStatus open(Packet packet, boolean rtcp, long nowNs) {
        if (!required) {
            return PathStatus.FORWARDED;
        }
        if (!rtcp && !packet.isRtpHeader()) {
            return PathStatus.MALFORMED;
        }
        SrtpSession old = before;
        if (old != null && nowNs - beforeUntilNs < 0) {
            return openEither(packet, rtcp, old);
        }
        before = null;
        return session == null ? PathStatus.NO_KEYS : result(open(session, packet, rtcp));
    }

    /** A packet that fails is spoilt, so that the second try needs a copy. */
    private PathStatus openEither(Packet packet, boolean rtcp, SrtpSession old) {
        Packet kept = copy;
        if (kept == null || packet.length() > kept.buffer().length) {
            kept = new Packet(new byte[Math.max(PacketPool.ORDINARY, packet.length())]);
            copy = kept;
        }
        kept.copyOf(packet);
        SrtpStatus status = session == null ? SrtpStatus.FORGED : open(session, packet, rtcp);
        if (status == SrtpStatus.OK) {
            return result(status);
        }
        int offset = packet.offset();
        System.arraycopy(kept.buffer(), 0, packet.buffer(), offset, kept.length());
        packet.view(offset, kept.length());
        // neither counts as suspicious: the room may not have read the answer yet
        return open(old, packet, rtcp) == SrtpStatus.OK ? PathStatus.FORWARDED : PathStatus.FORGED;
    }

    private static SrtpStatus open(SrtpSession keys, Packet packet, boolean rtcp) {
        return rtcp ? keys.unprotectRtcp(packet) : keys.unprotectRtp(packet);
    }

    private PathStatus result(SrtpStatus status) {
        return switch (status) {
            case OK -> {
                forgedInARow = 0;
                yield PathStatus.FORWARDED;
            }
            case REPLAYED -> PathStatus.REPLAYED;
            case FORGED -> {
                forgedInARow++;
                yield PathStatus.FORGED;
            }
            case REFUSED -> PathStatus.MALFORMED;
        };
    }

    /** Whether so many packets in a row were forged that the keys must be wrong; true once. */
    boolean suspicious() {
        if (reported || forgedInARow < SUSPICIOUS) {
            return false;
        }
        reported = true;
        return true;
    }

    /** Protects an RTCP packet; false where keys are missing. */
    boolean seal(Packet packet) {
        if (!required) {
            return true;
        }
        return session != null && session.protectRtcp(packet) == SrtpStatus.OK;
    }

    Optional<SrtpProfile> profile() {
        return Optional.ofNullable(session).map(SrtpSession::profile);
    }
}
