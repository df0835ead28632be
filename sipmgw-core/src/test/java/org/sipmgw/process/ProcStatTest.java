package org.sipmgw.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ProcStatTest {
    private static final String REST =
            " S 41 42 43 0 -1 4194560 5 6 7 8 150 50 30 20 20 0 1 0 987654 1000 10 18446744073709551615 1 1 0 0";

    @Test
    void readsParentSessionTimesAndStart() {
        ProcStat stat = ProcStat.parse("4242 (Xvfb)" + REST).orElseThrow();
        assertThat(stat).isEqualTo(new ProcStat(4242, 41, 43, 'S', 200, 50, 987654));
        assertThat(stat.id()).isEqualTo(new ProcessId(4242, 987654));
        assertThat(stat.dead()).isFalse();
    }

    @ParameterizedTest
    @ValueSource(strings = {"a b", "a) S 1 1 1", "(((", "x) (y", ""})
    void readsThroughCommandsThatLookLikeFields(String command) {
        assertThat(ProcStat.parse("7 (" + command + ")" + REST)).hasValueSatisfying(stat -> {
            assertThat(stat.parent()).isEqualTo(41);
            assertThat(stat.startTicks()).isEqualTo(987654);
        });
    }

    @Test
    void countsZombiesAsDead() {
        assertThat(ProcStat.parse("7 (sh)" + REST.replace(" S ", " Z "))
                        .orElseThrow()
                        .dead())
                .isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "7", "7 (sh", "7 (sh) S 1 2", "x (sh) S 1 2 3 4 5 6 7 8 9 0 1 2 3 4 5 6 7 8 9 0 1"})
    void findsNothingInMalformedLines(String line) {
        assertThat(ProcStat.parse(line)).isEmpty();
    }
}
