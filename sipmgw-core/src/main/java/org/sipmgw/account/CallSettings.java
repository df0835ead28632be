package org.sipmgw.account;

import java.time.Duration;
import java.util.Optional;

/**
 * How calls to an account are taken.
 *
 * @param answerMode who answers; empty where the account does not say: then the gateway answers
 * @param answerDelay how long a call rings at least before it is answered; 0 to 5 minutes
 * @param transfers whether REFER is obeyed; baresip's {@code call_transfer}
 */
public record CallSettings(Optional<AnswerMode> answerMode, Duration answerDelay, boolean transfers) {
    public CallSettings {
        if (answerDelay.isNegative() || answerDelay.compareTo(Duration.ofMinutes(5)) > 0) {
            throw new IllegalArgumentException("answerdelay must be 0 to 5 min");
        }
    }
}
