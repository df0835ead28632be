package org.sipmgw.media.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** RFC 6184 section 8.1, table 5. */
class H264ProfileTest {

    @ParameterizedTest
    @CsvSource({
        "42e01f,CONSTRAINED_BASELINE",
        "42C01F,CONSTRAINED_BASELINE",
        "428020,BASELINE",
        "42000a,BASELINE",
        "4d001f,MAIN",
        "4d801f,CONSTRAINED_BASELINE",
        "640020,HIGH",
        "58e01f,CONSTRAINED_BASELINE",
        "f4001f,CONSTRAINED_BASELINE",
        "nonsense,CONSTRAINED_BASELINE"
    })
    void isReadFromProfileLevelId(String profileLevelId, H264Profile profile) {
        assertThat(H264Profile.of(profileLevelId)).isEqualTo(profile);
    }
}
