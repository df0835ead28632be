package org.sipmgw.account;

/** Who answers a call; baresip's {@code answermode}. */
public enum AnswerMode {
    /** The embedder decides. */
    MANUAL,
    /** As {@link #AUTO}, with media before the answer (183). */
    EARLY,
    /** The gateway answers. */
    AUTO
}
