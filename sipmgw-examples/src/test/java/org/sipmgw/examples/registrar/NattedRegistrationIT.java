package org.sipmgw.examples.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.PublicSipAddress;
import org.sipmgw.account.RegistrationStatus.State;
import org.sipmgw.fakes.TestGateway;
import org.sipmgw.testsupport.KamailioServer;
import org.sipmgw.testsupport.PhoneMedia;
import org.sipmgw.testsupport.UdpNat;
import org.sipmgw.testsupport.VirtualCall;
import org.sipmgw.testsupport.VirtualPhone;

/** A gateway whose signalling goes through a NAT, at a registrar that believes Contacts. */
@Tag("registrar")
class NattedRegistrationIT {

    private static String account(UdpNat nat) {
        return "<sip:gw@127.0.0.1:" + nat.inside().getPort() + ";transport=udp>;auth_pass=\"gw s;cret\"";
    }

    private static UdpNat nat(RegistrarLab lab, KamailioServer kamailio) throws IOException {
        return lab.with(UdpNat.to(new InetSocketAddress("127.0.0.1", kamailio.port())));
    }

    private static String authority(InetSocketAddress address) {
        return address.getAddress().getHostAddress() + ":" + address.getPort();
    }

    private static void calls(RegistrarLab lab, TestGateway gateway, KamailioServer kamailio) throws Exception {
        int before = gateway.events.ends.size();
        VirtualPhone phone = lab.with(VirtualPhone.open("Lobby"));
        VirtualCall call = phone.call("sip:gw@127.0.0.1:" + kamailio.port(), PhoneMedia.room(320, 180, 200_000));
        // a BYE that finds its way proves the Contact of the answer
        call.close();
        gateway.events.await("the end of the call", lines -> gateway.events.ends.size() > before);
        assertThat(gateway.events.lines).contains("ended ROOM_HUNG_UP");
    }

    @Test
    void callsComeToWhereTheRegistrarSeesTheGateway() throws Exception {
        try (RegistrarLab lab = new RegistrarLab()) {
            KamailioServer kamailio = lab.kamailio(RegistrarLab.SETTINGS);
            UdpNat nat = nat(lab, kamailio);
            TestGateway gateway = lab.gateway(account(nat));
            RegistrarLab.await(gateway, State.REGISTERED);
            assertThat(RegistrarLab.contacts(kamailio, 1))
                    .singleElement()
                    .asString()
                    .contains("@" + authority(nat.outside()) + ";transport=udp");
            calls(lab, gateway, kamailio);
        }
    }

    @Test
    void aConfiguredAddressIsTold() throws Exception {
        try (RegistrarLab lab = new RegistrarLab()) {
            KamailioServer kamailio = lab.kamailio(RegistrarLab.SETTINGS);
            UdpNat nat = nat(lab, kamailio);
            TestGateway gateway = lab.gateway(
                    "127.0.0.1",
                    builder -> builder.publicAddress(PublicSipAddress.parse(authority(nat.outside()))),
                    account(nat));
            RegistrarLab.await(gateway, State.REGISTERED);
            assertThat(kamailio.registers("gw"))
                    .as("one, and one with the password")
                    .isEqualTo(2);
            calls(lab, gateway, kamailio);
        }
    }

    /** Kamailio answers STUN on its SIP ports; keep-alives are 23 to 29 s apart. */
    @Test
    @Tag("long")
    void aNatThatForgetsIsNoticedByStun() throws Exception {
        try (RegistrarLab lab = new RegistrarLab()) {
            KamailioServer kamailio = lab.kamailio(RegistrarLab.SETTINGS);
            UdpNat nat = nat(lab, kamailio);
            TestGateway gateway = lab.gateway(account(nat));
            RegistrarLab.await(gateway, State.REGISTERED);
            // the first answer tells where the flow is
            RegistrarLab.pause(31_000);
            int before = kamailio.registers("gw");
            nat.forget();
            long end = System.nanoTime() + 40_000_000_000L;
            while (kamailio.registers("gw") == before && System.nanoTime() < end) {
                RegistrarLab.pause(100);
            }
            RegistrarLab.await(gateway, State.REGISTERED);
            assertThat(kamailio.contacts("gw")).anyMatch(contact -> contact.contains(authority(nat.outside())));
            calls(lab, gateway, kamailio);
        }
    }
}
