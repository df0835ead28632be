package org.sipmgw.media.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class RepeatRuleTest {

    private static final long MS = 1_000_000;

    private final RepeatRule rule = new RepeatRule();

    @Test
    void firstFramePasses() {
        assertThat(rule.passes(true, false, 0)).isTrue();
    }

    @Test
    void differentFramesPass() {
        for (int i = 0; i < 10; i++) {
            assertThat(rule.passes(false, false, i * 33L * MS)).isTrue();
        }
    }

    @Test
    void equalFramesPassOnceASecond() {
        int passed = 0;
        for (int i = 0; i < 300; i++) {
            passed += rule.passes(true, false, i * 1_000L * MS / 30) ? 1 : 0;
        }
        assertThat(passed).isBetween(10, 11);
    }

    @Test
    void equalFramePassesForAKeyFrame() {
        rule.passes(false, false, 0);
        assertThat(rule.passes(true, false, 33 * MS)).isFalse();
        assertThat(rule.passes(true, true, 66 * MS)).isTrue();
    }
}
