package org.sipmgw.process;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class OwnerTest {

    @Test
    void readsItsOwnName() {
        Owner own = Owner.current();
        assertThat(Owner.parse(own.toString())).contains(own);
        assertThat(own.process().pid()).isEqualTo(ProcessHandle.current().pid());
        assertThat(own.process().alive()).isTrue();
        assertThat(own.toString()).hasSizeLessThanOrEqualTo(26);
        assertThat(own.mark()).startsWith(Owner.markPrefix(own.process()));
        assertThat(own.mark()).isEqualTo("SIPMGW_OWNER=" + own);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "journal",
                "1-2-3",
                "1-2-ZZ-1",
                "zzzzzzzzzzzzz-2-3-4",
                "1-2-3-4-5",
                "..-1-2-3",
                "1-2--4",
                "-1-2-3-4"
            })
    void takesNoOtherNameForAnOwner(String name) {
        assertThat(Owner.parse(name)).isEmpty();
    }
}
