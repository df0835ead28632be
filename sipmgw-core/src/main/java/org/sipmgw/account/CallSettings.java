package org.sipmgw.account;

import java.time.Duration;
import java.util.Optional;

/**
 * How calls to an account are taken.
 *
 * @param answerMode who answers; empty where the account does not say: then the gateway answers
 * @param answerDelay how long a call rings at least before it is answered
 * @param transfers whether REFER is obeyed; baresip's {@code call_transfer}
 */
public record CallSettings(Optional<AnswerMode> answerMode, Duration answerDelay, boolean transfers) {
    public CallSettings {
        if (answerDelay.isNegative()) {
            throw new IllegalArgumentException("answerdelay must not be negative");
        }
    }
}
