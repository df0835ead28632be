package org.sipmgw.media.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class KeyFrameLimiterTest {

    private static final long MS = 1_000_000;

    private final KeyFrameLimiter limiter = new KeyFrameLimiter(0);

    @Test
    void makesNoneUnasked() {
        assertThat(limiter.due(5_000 * MS)).isFalse();
    }

    @Test
    void makesOneAtOnceWhenTheLastIsASecondAgo() {
        limiter.request();
        assertThat(limiter.due(1_000 * MS)).isTrue();
        assertThat(limiter.due(3_000 * MS)).isFalse();
    }

    @Test
    void honoursRequestsWithinASecondAtItsEndAsOne() {
        limiter.request();
        assertThat(limiter.due(1_000 * MS)).isTrue();
        limiter.request();
        limiter.request();
        assertThat(limiter.due(1_500 * MS)).isFalse();
        assertThat(limiter.due(2_000 * MS)).isTrue();
        assertThat(limiter.due(3_500 * MS)).isFalse();
    }
}
