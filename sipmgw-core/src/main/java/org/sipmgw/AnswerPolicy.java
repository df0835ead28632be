package org.sipmgw;

import java.time.Duration;
import org.sipmgw.account.AnswerMode;
import org.sipmgw.spi.ConfigException;

/**
 * Who answers calls that come in, and when. An account may say otherwise for its own calls ({@link
 * org.sipmgw.account.CallSettings}). Immutable; checked when made.
 *
 * @param mode {@link AnswerMode#AUTO}: the gateway answers as soon as there is something to show, unless {@link
 *     CallListener#onIncoming} says otherwise before it returns; {@link AnswerMode#MANUAL}: the call rings until an {@link
 *     IncomingCall} is decided; {@link AnswerMode#EARLY}: so too, and the room sees the waiting picture meanwhile (183)
 * @param delay how long a call rings at least before the gateway answers by itself; 0 to 5 minutes
 * @param patience how long a decision may take, then the call is refused with 480; 1 s to 30 minutes
 */
public record AnswerPolicy(AnswerMode mode, Duration delay, Duration patience) {

    public AnswerPolicy {
        if (delay.isNegative() || delay.toMinutes() > 5) {
            throw new ConfigException("answering.delay", delay, "0 s to 5 min");
        }
        if (patience.toSeconds() < 1 || patience.toMinutes() > 30) {
            throw new ConfigException("answering.patience", patience, "1 s to 30 min");
        }
    }

    /** The gateway answers at once. */
    public static AnswerPolicy defaults() {
        return new AnswerPolicy(AnswerMode.AUTO, Duration.ZERO, Duration.ofMinutes(1));
    }

    /** The embedder decides within a time. */
    public static AnswerPolicy manual(Duration patience) {
        return new AnswerPolicy(AnswerMode.MANUAL, Duration.ZERO, patience);
    }
}
