package org.sipmgw.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipmgw.spi.ConfigException;

class AllowedHostsTest {

    @ParameterizedTest
    @CsvSource({
        "meet.example.org, https://meet.example.org/room",
        "meet.example.org, https://MEET.Example.ORG:443/room?a=b#c",
        "meet.example.org, https://meet.example.org./room",
        "meet.example.org:8443, https://meet.example.org:8443/",
        "*.example.org, https://a.b.example.org/",
        "*.example.org:8443, https://a.example.org:8443/",
        "127.0.0.1:8080, http://127.0.0.1:8080/page",
        "localhost:8080, http://localhost:8080/page",
        "[::1]:8080, http://[::1]:8080/page",
        "127.0.0.1, https://127.0.0.1/",
    })
    void allowsWhatIsNamed(String entry, String address) {
        assertThat(AllowedHosts.of(List.of(entry)).allows(address)).isTrue();
    }

    @ParameterizedTest
    @CsvSource({
        "meet.example.org, http://meet.example.org/",
        "meet.example.org, https://meet.example.org:8443/",
        "meet.example.org, https://evil.org/",
        "meet.example.org, https://meet.example.org.evil.org/",
        "meet.example.org, https://meet.example.org@evil.org/",
        "meet.example.org, https://user@meet.example.org/",
        "meet.example.org, https://evilmeet.example.org/",
        "*.example.org, https://example.org/",
        "*.example.org, https://badexample.org/",
        "*.0.0.1:8080, http://127.0.0.1:8080/",
        "127.0.0.1:8080, http://127.0.0.2:8080/",
        "meet.example.org, ftp://meet.example.org/",
        "meet.example.org, file:///etc/passwd",
        "meet.example.org, javascript:alert(1)",
        "meet.example.org, 'data:text/html,x'",
        "meet.example.org, chrome://settings",
        "meet.example.org, about:blank",
        "meet.example.org, //meet.example.org/",
        "meet.example.org, ''",
    })
    void refusesEverythingElse(String entry, String address) {
        assertThat(AllowedHosts.of(List.of(entry)).allows(address)).isFalse();
    }

    @Test
    void looksAtNothingBehindThePathOfAnAddressTheBrowserWrites() {
        AllowedHosts hosts = AllowedHosts.of(List.of("meet.example.org"));
        assertThat(hosts.allows("https://meet.example.org/a?x={bad uri}|#{}")).isTrue();
        assertThat(hosts.allows("https://meet.example.org#@evil.org")).isTrue();
        assertThat(hosts.allows("https://evil.org?https://meet.example.org")).isFalse();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "*",
                "*.",
                "https://meet.example.org",
                "meet.example.org/",
                "a b",
                "a:0",
                "a:70000",
                "a@b",
                "-a.b"
            })
    void namesTheEntryThatIsNone(String entry) {
        assertThatThrownBy(() -> AllowedHosts.of(List.of(entry)))
                .isInstanceOf(ConfigException.class)
                .hasMessageStartingWith("allowedHosts: '" + entry + "' is not allowed");
    }
}
