package org.sipmgw.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class LeftBehindTest {

    @Test
    void tellsTheThreadsOfCallsFromThoseOfTheGateway() {
        Map<String, Object> inventory = Map.of(
                "threadNames",
                List.of(
                        "java",
                        "sipmgw-media",
                        "sipmgw-page-1",
                        "sipmgw-page-2",
                        "capture-grab",
                        "decode-audio",
                        "queue0:src",
                        "sipmgw-call-0"));
        assertThat(LeftBehind.threads(inventory, 1)).containsExactly("capture-grab", "decode-audio", "sipmgw-page-2");
        assertThat(LeftBehind.threads(inventory, 2)).doesNotContain("sipmgw-page-2");
    }
}
