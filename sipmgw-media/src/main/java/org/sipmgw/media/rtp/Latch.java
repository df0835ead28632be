package org.sipmgw.media.rtp;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * Symmetric RTP (RFC 4961): packets go back to where the first valid ones came from, because what the description says
 * is often the inside of a NAT. Another source is followed only when the stream is the same or the old source has gone
 * silent. Not thread-safe.
 */
public final class Latch {
    private static final long SILENCE_NS = 2_000_000_000L;

    private final long silenceNs;
    private @Nullable InetSocketAddress source;
    private boolean pinned;
    private boolean pinnedOnly;
    private int ssrc;
    private long lastNs;

    /** What is thought of a packet's source. */
    public enum Verdict {
        /** The one that is followed. */
        CURRENT,
        /** Followed from now on. */
        LATCHED,
        /** To be dropped. */
        STRANGER
    }

    /** Of media: two seconds without a packet are silence. */
    public Latch() {
        this(SILENCE_NS);
    }

    /** @param silenceNs how long the source must have sent nothing before another stream's is followed */
    public Latch(long silenceNs) {
        this.silenceNs = silenceNs;
    }

    /** This stream is the one to follow, wherever its packets come from. */
    public void stream(int known) {
        ssrc = known;
    }

    /** Judges the source of a packet that is otherwise valid. */
    public Verdict accept(InetSocketAddress from, int packetSsrc, long nowNs) {
        InetSocketAddress current = source;
        if (current != null && current.equals(from)) {
            ssrc = packetSsrc;
            lastNs = nowNs;
            return Verdict.CURRENT;
        }
        if (pinned) {
            return Verdict.STRANGER;
        }
        if (pinnedOnly) {
            return Verdict.CURRENT;
        }
        if (current != null && packetSsrc != ssrc && nowNs - lastNs < silenceNs) {
            return Verdict.STRANGER;
        }
        source = from;
        ssrc = packetSsrc;
        lastNs = nowNs;
        return Verdict.LATCHED;
    }

    /** Follows this address and no other one: ICE has found it, or an authenticated handshake. */
    public void pin(InetSocketAddress address) {
        source = address;
        pinned = true;
    }

    /** Whether only {@link #pin} makes an address followed; before, packets are let in from anywhere. */
    public void pinnedOnly(boolean only) {
        if (pinnedOnly != only) {
            pinnedOnly = only;
            reset();
        }
    }

    /** Whether something is followed. */
    public boolean latched() {
        return source != null;
    }

    /** Where to send: what is followed, else what was described. */
    public InetSocketAddress destination(InetSocketAddress described) {
        InetSocketAddress current = source;
        return current == null ? described : current;
    }

    /** Forgets: the other side has described another address. */
    public void reset() {
        pinned = false;
        source = null;
    }
}
