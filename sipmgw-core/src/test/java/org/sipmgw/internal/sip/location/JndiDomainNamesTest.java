package org.sipmgw.internal.sip.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.SocketTimeoutException;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("registrar")
class JndiDomainNamesTest {

    @Test
    void readsRecordsFromARealServer() throws Exception {
        try (FakeNameServer server = new FakeNameServer()) {
            server.srv("_sip._tcp.example.org", 10, 60, 5080, "edge1.example.org");
            server.srv("_sip._tcp.example.org", 20, 0, 5060, "edge2.example.org");
            server.naptr("example.org", 10, "SIP+D2T", "_sip._tcp.example.org");
            JndiDomainNames names = new JndiDomainNames(server.url());

            assertThat(names.srv("_sip._tcp.example.org"))
                    .containsExactlyInAnyOrder(
                            new DomainNames.Srv(10, 60, 5080, "edge1.example.org"),
                            new DomainNames.Srv(20, 0, 5060, "edge2.example.org"));
            assertThat(names.naptr("example.org"))
                    .isEqualTo(List.of(new DomainNames.Naptr(10, 50, "SIP+D2T", "_sip._tcp.example.org")));
            assertThat(names.srv("_sip._udp.example.org")).isEmpty();
            assertThat(names.naptr("nowhere.example.org")).isEmpty();
        }
    }

    @Test
    void aNameThatIsAUrlGoesNowhere() throws Exception {
        try (ServerSocket elsewhere = new ServerSocket(0, 5, InetAddress.getLoopbackAddress());
                FakeNameServer server = new FakeNameServer()) {
            JndiDomainNames names = new JndiDomainNames(server.url());
            elsewhere.setSoTimeout(500);

            assertThat(names.srv("ldap://127.0.0.1:" + elsewhere.getLocalPort() + "/x"))
                    .isEmpty();
            assertThat(names.naptr("rmi://127.0.0.1:" + elsewhere.getLocalPort() + "/x"))
                    .isEmpty();
            assertThatThrownBy(elsewhere::accept).isInstanceOf(SocketTimeoutException.class);
        }
    }

    @Test
    void knowsAddressesOfTheHostsFile() {
        JndiDomainNames names = new JndiDomainNames("dns:");

        assertThat(names.addresses("localhost")).anyMatch(address -> address.isLoopbackAddress());
        assertThat(names.addresses("nowhere.invalid")).isEmpty();
    }
}
