package org.sipmgw.media.stun;

import java.net.InetSocketAddress;
import java.util.Random;

/** The pair that packets of a component use, and the other side's consent to them (RFC 7675). */
final class IceConsent {
    private static final long EXPIRY_NS = 30_000_000_000L;
    private static final long INTERVAL_NS = 5_000_000_000L;

    private final IcePair pair;
    private final Random random;
    private byte[] transactionId = {};
    private long renewedNs;
    private long nextNs;

    IceConsent(IcePair pair, Random random, long nowNs) {
        this.pair = pair;
        this.random = random;
        renewed(nowNs);
        schedule(nowNs);
    }

    IcePair pair() {
        return pair;
    }

    boolean due(long nowNs) {
        return nowNs - nextNs >= 0;
    }

    void asked(byte[] id, long nowNs) {
        transactionId = id;
        schedule(nowNs);
    }

    private void schedule(long nowNs) {
        nextNs = nowNs + INTERVAL_NS * (80 + random.nextInt(41)) / 100;
    }

    boolean answered(StunMessage answer, InetSocketAddress source) {
        return transactionId.length > 0
                && answer.messageClass() == Stun.SUCCESS
                && answer.answers(transactionId)
                && pair.remote.equals(source);
    }

    void renewed(long nowNs) {
        transactionId = new byte[0];
        renewedNs = nowNs;
    }

    boolean expired(long nowNs) {
        return nowNs - renewedNs >= EXPIRY_NS;
    }
}
