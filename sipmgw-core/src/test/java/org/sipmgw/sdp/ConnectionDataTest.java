package org.sipmgw.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ConnectionDataTest {

    @ParameterizedTest
    @CsvSource({
        "IP4, 192.0.2.1, 192.0.2.1",
        "IP4, 233.252.0.1/127/3, 233.252.0.1",
        "IP6, 2001:db8::1, 2001:db8:0:0:0:0:0:1",
        "IP6, ::, 0:0:0:0:0:0:0:0",
    })
    void readsLiterals(String type, String address, String expected) {
        assertThat(new ConnectionData("IN", type, address).literal())
                .map(InetAddress::getHostAddress)
                .contains(expected);
    }

    @ParameterizedTest
    @CsvSource({
        "IP4, room.example.com",
        "IP4, 1.2.3",
        "IP4, 1.2.3.256",
        "IP4, 2001:db8::1",
        "IP6, 192.0.2.1",
        "IP6, 2001:db8::1::2",
        "IP6, fe80::1%eth0",
        "IP6, ::ffff:192.0.2.1.5",
        "IP6, :::",
        "IP7, 192.0.2.1",
        "IP4, 99999999999.1.1.1",
    })
    void resolvesNoNameAndTakesNoHalfLiteral(String type, String address) {
        assertThat(new ConnectionData("IN", type, address).literal()).isEmpty();
    }

    @Test
    void describesAnAddressWithoutItsScope() throws Exception {
        InetAddress scoped = InetAddress.getByName("fe80::1%1");

        assertThat(ConnectionData.of(scoped)).hasToString("IN IP6 fe80:0:0:0:0:0:0:1");
    }
}
