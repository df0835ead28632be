package org.sipmgw.sdp;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Which protection of media is offered and accepted. Immutable.
 *
 * @param level how much encryption is wanted
 * @param accepted what may be agreed on, besides what is offered
 * @param offered what own offers hold
 * @param suites SRTP crypto suites for security descriptions, in the order of own offers
 * @param feedbackProfile whether own offers that require encryption are RTP/SAVPF, else RTP/SAVP
 */
public record EncryptionPolicy(
        Level level, Set<KeyExchange> accepted, KeyExchange offered, List<SrtpSuite> suites, boolean feedbackProfile) {

    /** How much encryption is wanted. */
    public enum Level {
        /** Plain RTP only; lines that demand encryption are refused. */
        OFF,
        /** Plain RTP is offered; encryption is agreed on where the other side demands it. */
        OPTIONAL,
        /**
         * Encryption wherever the other side offers it, also as RTP/AVP with keys beside (RFC 8643), in which form it
         * is offered; plain only when the other side has none.
         */
        PREFERRED,
        /** Encryption is demanded in offers; plain RTP is refused. */
        REQUIRED
    }

    /** How keys are agreed on. */
    public enum KeyExchange {
        /** In the descriptions (RFC 4568). */
        SDES,
        /** By a handshake on the media path (RFC 5763). */
        DTLS
    }

    public EncryptionPolicy {
        EnumSet<KeyExchange> all = EnumSet.of(offered);
        all.addAll(accepted);
        accepted = Set.copyOf(all);
        suites = List.copyOf(suites);
    }

    /** Both key exchanges are accepted, security descriptions with all suites are offered, as RTP/SAVP if required. */
    public static EncryptionPolicy of(Level level) {
        return new EncryptionPolicy(
                level, EnumSet.allOf(KeyExchange.class), KeyExchange.SDES, List.of(SrtpSuite.values()), false);
    }

    /** The default: {@link Level#PREFERRED}. */
    public static EncryptionPolicy preferred() {
        return of(Level.PREFERRED);
    }

    /** The same with another level. */
    public EncryptionPolicy withLevel(Level other) {
        return new EncryptionPolicy(other, accepted, offered, suites, feedbackProfile);
    }

    /** The same, accepting only these key exchanges, of which {@code first} is offered. */
    public EncryptionPolicy withKeyExchanges(KeyExchange first, Set<KeyExchange> others) {
        return new EncryptionPolicy(level, others, first, suites, feedbackProfile);
    }

    /** The same with these suites only. */
    public EncryptionPolicy withSuites(List<SrtpSuite> others) {
        return new EncryptionPolicy(level, accepted, offered, others, feedbackProfile);
    }

    /** The same, with RTP/SAVPF in offers that require encryption. */
    public EncryptionPolicy withFeedbackProfile() {
        return new EncryptionPolicy(level, accepted, offered, suites, true);
    }

    boolean accepts(KeyExchange exchange) {
        return level != Level.OFF && accepted.contains(exchange);
    }
}
