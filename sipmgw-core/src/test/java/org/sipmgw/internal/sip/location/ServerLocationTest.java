package org.sipmgw.internal.sip.location;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.internal.sip.SipBinding.Protocol;

@Tag("registrar")
class ServerLocationTest {

    private final Zone zone = new Zone();
    private final ServerLocation location = new ServerLocation(zone, new Random(3));

    private List<String> find(String host, int port, Protocol transport, boolean secure) throws Exception {
        return location.find(host, port, transport, secure).stream()
                .map(hop -> hop.protocol() + " " + hop.address().getHostAddress() + ":" + hop.port() + " "
                        + hop.serverName())
                .toList();
    }

    @Test
    void anAddressNeedsNoDns() throws Exception {
        assertThat(find("192.0.2.9", 0, null, false)).containsExactly("UDP 192.0.2.9:5060 192.0.2.9");
        assertThat(find("2001:db8::9", 0, Protocol.TLS, false))
                .containsExactly("TLS 2001:db8:0:0:0:0:0:9:5061 2001:db8::9");
        assertThat(find("192.0.2.9", 5080, Protocol.TCP, false)).containsExactly("TCP 192.0.2.9:5080 192.0.2.9");
    }

    @Test
    void aPortMeansTheHostItself() throws Exception {
        zone.host("example.org", "192.0.2.1");
        zone.srv("_sip._udp.example.org", 0, 0, 5060, "other.example.org");

        assertThat(find("example.org", 5070, null, false)).containsExactly("UDP 192.0.2.1:5070 example.org");
    }

    @Test
    void theDomainChoosesTheTransport() throws Exception {
        zone.naptr("example.org", 20, "SIP+D2U", "_sip._udp.example.org");
        zone.naptr("example.org", 10, "SIPS+D2T", "_sips._tcp.example.org");
        zone.naptr("example.org", 5, "SIPS+D2W", "_ws.example.org");
        zone.srv("_sips._tcp.example.org", 0, 0, 5443, "edge.example.org");
        zone.srv("_sip._udp.example.org", 0, 0, 5060, "edge.example.org");
        zone.host("edge.example.org", "192.0.2.5");

        assertThat(find("example.org", 0, null, false))
                .containsExactly("TLS 192.0.2.5:5443 example.org", "UDP 192.0.2.5:5060 example.org");
    }

    @Test
    void serversAreTriedByPriorityAndWithinOneByWeight() throws Exception {
        zone.srv("_sip._tcp.example.org", 20, 0, 5060, "last.example.org");
        zone.srv("_sip._tcp.example.org", 10, 90, 5060, "often.example.org");
        zone.srv("_sip._tcp.example.org", 10, 10, 5060, "seldom.example.org");
        zone.host("last.example.org", "192.0.2.3");
        zone.host("often.example.org", "192.0.2.1");
        zone.host("seldom.example.org", "192.0.2.2");

        int often = 0;
        for (int i = 0; i < 1000; i++) {
            List<String> hops = find("example.org", 0, Protocol.TCP, false);
            assertThat(hops).hasSize(3).last().asString().contains("192.0.2.3");
            often += hops.get(0).contains("192.0.2.1") ? 1 : 0;
        }
        assertThat(often).isBetween(850, 950);
    }

    @Test
    void withoutRecordsOfServicesTheHostItselfIsTried() throws Exception {
        zone.host("example.org", "192.0.2.1", "2001:db8::1");

        assertThat(find("example.org", 0, null, false))
                .containsExactly("UDP 192.0.2.1:5060 example.org", "UDP 2001:db8:0:0:0:0:0:1:5060 example.org");
        assertThat(find("example.org", 0, null, true)).allMatch(hop -> hop.startsWith("TLS"));
    }

    @Test
    void whatDoesNotExistIsSaid() {
        assertThatThrownBy(() -> find("nowhere.example.org", 0, null, false))
                .isInstanceOf(UnknownHostException.class)
                .hasMessageContaining("nowhere.example.org");
    }

    private static final class Zone implements DomainNames {
        private final Map<String, List<Naptr>> naptr = new HashMap<>();
        private final Map<String, List<Srv>> srv = new HashMap<>();
        private final Map<String, List<InetAddress>> hosts = new HashMap<>();

        void naptr(String domain, int order, String service, String replacement) {
            naptr.computeIfAbsent(domain, k -> new ArrayList<>()).add(new Naptr(order, 0, service, replacement));
        }

        void srv(String name, int priority, int weight, int port, String target) {
            srv.computeIfAbsent(name, k -> new ArrayList<>()).add(new Srv(priority, weight, port, target));
        }

        void host(String name, String... addresses) throws UnknownHostException {
            for (String address : addresses) {
                hosts.computeIfAbsent(name, k -> new ArrayList<>()).add(InetAddress.getByName(address));
            }
        }

        @Override
        public List<Naptr> naptr(String domain) {
            return naptr.getOrDefault(domain, List.of());
        }

        @Override
        public List<Srv> srv(String name) {
            return srv.getOrDefault(name, List.of());
        }

        @Override
        public List<InetAddress> addresses(String host) {
            return hosts.getOrDefault(host, List.of());
        }
    }
}
