package org.sipmgw.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class SequenceMapTest {

    @Test
    void goesOnOverTheWrap() {
        SequenceMap map = new SequenceMap(65_530);
        for (int i = 0; i < 20; i++) {
            assertThat(map.map((65_520 + i) & 0xFFFF)).isEqualTo((65_530 + i) & 0xFFFF);
        }
        assertThat(map.source(3)).isEqualTo((65_520 + 9) & 0xFFFF);
    }

    @Test
    void putsInAndLeavesOutWithoutGaps() {
        SequenceMap map = new SequenceMap(100);
        assertThat(map.map(10)).isEqualTo(100);
        assertThat(map.insertBefore(11)).isEqualTo(101);
        assertThat(map.map(11)).isEqualTo(102);
        assertThat(map.drop(12)).isTrue();
        assertThat(map.map(13)).isEqualTo(103);
        assertThat(map.map(12)).isEqualTo(-1);
        assertThat(map.source(101)).isEqualTo(-1);
        assertThat(map.source(102)).isEqualTo(11);
        assertThat(map.source(103)).isEqualTo(13);
    }

    @Test
    void latePacketsGetTheNumberTheyWouldHaveHad() {
        SequenceMap map = new SequenceMap(100);
        map.map(10);
        map.map(13);
        map.insertBefore(14);
        assertThat(map.map(14)).isEqualTo(105);
        assertThat(map.map(12)).isEqualTo(102);
        assertThat(map.map(11)).isEqualTo(101);
        assertThat(map.drop(11)).isFalse();
    }

    @Test
    void tooOldPacketsHaveNoNumber() {
        SequenceMap map = new SequenceMap(0);
        map.map(10);
        assertThat(map.map(9)).isEqualTo(-1);
        map.map(2000);
        assertThat(map.map(900)).isEqualTo(-1);
        assertThat(map.map(1999)).isEqualTo(1989);
    }

    @Test
    void anotherSourceGoesOnBehindAGap() {
        SequenceMap map = new SequenceMap(100);
        map.map(10);
        map.map(11);
        map.restart(40_000, 1);
        assertThat(map.map(40_000)).isEqualTo(103);
        assertThat(map.map(39_999)).isEqualTo(-1);
    }

    @Test
    void neverGivesANumberTwice() {
        long seed = 20_261_124L;
        Random random = new Random(seed);
        SequenceMap map = new SequenceMap(random.nextInt(65_536));
        Set<Integer> given = new HashSet<>();
        int next = 60_000;
        for (int i = 0; i < 20_000; i++) {
            int sequence = next++ & 0xFFFF;
            if (random.nextInt(50) == 0) {
                given.clear();
            }
            if (random.nextInt(10) == 0) {
                assertThat(given.add(map.insertBefore(sequence)))
                        .as("seed %d", seed)
                        .isTrue();
            }
            if (random.nextInt(10) == 0) {
                map.drop(sequence);
            } else {
                assertThat(given.add(map.map(sequence))).as("seed %d", seed).isTrue();
            }
        }
    }
}
