package org.sipmgw.browser;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class WaitingPageTest {

    @Test
    void needsNothingFromAnywhere() {
        assertThat(Resources.waitingPage()).startsWith("data:text/html;charset=utf-8;base64,");
        assertThat(Resources.text("waiting.html"))
                .contains("You are being connected")
                .doesNotContain("<script", "http:", "https:", "url(", "src=", "href=");
    }
}
