package org.sipmgw.media.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class AudioTimestampsTest {

    private final AudioTimestamps timestamps = new AudioTimestamps(960, 48_000);

    @Test
    void stepsAreExactWhateverTheClockJitters() {
        assertThat(timestamps.next(1000)).isEqualTo(1000);
        assertThat(timestamps.jumped()).isTrue();
        assertThat(timestamps.next(1000 + 960 + 300)).isEqualTo(1960);
        assertThat(timestamps.next(1000 + 1920 - 200)).isEqualTo(2920);
        assertThat(timestamps.jumped()).isFalse();
    }

    @Test
    void missingSoundMakesAJump() {
        timestamps.next(0);
        assertThat(timestamps.next(48_000)).isEqualTo(48_000);
        assertThat(timestamps.jumped()).isTrue();
    }

    @Test
    void wrapsAround() {
        timestamps.next(-500);
        assertThat(timestamps.next(460)).isEqualTo(460);
        assertThat(timestamps.jumped()).isFalse();
        AudioTimestamps large = new AudioTimestamps(960, 48_000);
        large.next(Integer.MAX_VALUE - 100);
        assertThat(large.next(Integer.MIN_VALUE + 859)).isEqualTo(Integer.MIN_VALUE + 859);
        assertThat(large.jumped()).isFalse();
    }
}
