package org.sipmgw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipmgw.spi.ConfigException;

@Tag("registrar")
class PublicSipAddressTest {

    @ParameterizedTest
    @CsvSource({
        "203.0.113.7, 203.0.113.7, 0, 203.0.113.7",
        "203.0.113.7:5070, 203.0.113.7, 5070, 203.0.113.7",
        "sip.example.org:5060, sip.example.org, 5060, sip.example.org",
        "2001:db8::7, 2001:db8::7, 0, [2001:db8::7]",
        "[2001:db8::7], 2001:db8::7, 0, [2001:db8::7]",
        "[2001:db8::7]:5070, 2001:db8::7, 5070, [2001:db8::7]"
    })
    void isReadAndWrittenAsAUriWritesIt(String text, String host, int port, String inUri) {
        PublicSipAddress address = PublicSipAddress.parse(text);
        assertThat(address).isEqualTo(new PublicSipAddress(host, port));
        assertThat(address.place().host()).isEqualTo(inUri);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "a b", "203.0.113.7:x", "203.0.113.7:70000", "<sip:x>", "a;b", "[::1"})
    void nonsenseIsRefused(String text) {
        assertThatThrownBy(() -> PublicSipAddress.parse(text))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("sip.publicAddress");
    }
}
