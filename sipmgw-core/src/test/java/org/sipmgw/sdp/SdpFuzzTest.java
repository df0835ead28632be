package org.sipmgw.sdp;

import com.code_intelligence.jazzer.junit.FuzzTest;
import org.junit.jupiter.api.Tag;

/**
 * Runs over the corpus in {@code SdpFuzzTestInputs}; searches for new inputs by coverage when the environment has
 * {@code JAZZER_FUZZ=1}.
 */
@Tag("fuzz")
class SdpFuzzTest {

    @FuzzTest(maxDuration = "10m")
    void readsOrRefusesAnything(byte[] bytes) {
        SdpInvariants.check(bytes);
    }
}
