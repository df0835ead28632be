package org.sipmgw.admission;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipmgw.spi.ConfigException;

@Tag("dialog")
class NetworkTest {

    @ParameterizedTest
    @CsvSource({
        "192.0.2.0/24,192.0.2.255,true", "192.0.2.0/24,192.0.3.0,false", "192.0.2.7,192.0.2.7,true",
        "192.0.2.7,192.0.2.6,false", "10.0.0.0/9,10.127.0.1,true", "10.0.0.0/9,10.128.0.1,false",
        "0.0.0.0/0,203.0.113.9,true", "0.0.0.0/0,::1,false", "2001:db8::/33,2001:db8:7fff::1,true",
        "2001:db8::/33,2001:db8:8000::1,false", "::/0,2001:db8::1,true", "::1,::1,true"
    })
    void containsWhatBeginsAlike(String network, String address, boolean contained) throws Exception {
        assertThat(Network.parse(network).contains(InetAddress.getByName(address)))
                .isEqualTo(contained);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "example.org", "192.0.2.0/33", "192.0.2.0/-1", "192.0.2.0/x", "::1/129", "192.0.2/24/8"})
    void refusesWhatIsNone(String text) {
        assertThatThrownBy(() -> Network.parse(text)).isInstanceOf(ConfigException.class);
    }
}
