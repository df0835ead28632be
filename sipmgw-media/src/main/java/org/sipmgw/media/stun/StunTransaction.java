package org.sipmgw.media.stun;

import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** One request and when it is due again (RFC 8489 section 6.2.1). */
final class StunTransaction {
    /** Retransmission time-out at first, doubled each time. */
    private static final long RTO_NS = 500_000_000L;

    /** How often a request is sent. */
    private static final int SENDS = 4;

    /** How long a stream may take, which loses nothing. */
    private static final long STREAM_NS = 6_000_000_000L;

    final int method;
    final Consumer<StunWriter> body;
    final @Nullable TurnPeer peer;
    byte[] id = {};
    byte[] message = {};
    boolean authenticated;
    int challenges;
    private long rtoNs = RTO_NS;
    private long dueNs;
    private int sends;

    StunTransaction(int method, @Nullable TurnPeer peer, Consumer<StunWriter> body) {
        this.method = method;
        this.peer = peer;
        this.body = body;
    }

    /** Made anew: with another id, and perhaps credentials. */
    void renewed(byte[] newId, byte[] newMessage, boolean withCredentials, long nowNs) {
        id = newId;
        message = newMessage;
        authenticated = withCredentials;
        rtoNs = RTO_NS;
        sends = 0;
        dueNs = nowNs;
    }

    boolean due(long nowNs) {
        return nowNs - dueNs >= 0;
    }

    boolean expired() {
        return sends >= SENDS;
    }

    void sent(boolean reliable, long nowNs) {
        if (reliable) {
            sends = SENDS;
            dueNs = nowNs + STREAM_NS;
            return;
        }
        sends++;
        dueNs = nowNs + rtoNs;
        rtoNs = Math.min(rtoNs * 2, 2_000_000_000L);
    }

    /** The stream was full: soon again. */
    void refused(long nowNs) {
        dueNs = nowNs + RTO_NS;
    }
}
