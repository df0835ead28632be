package org.sipmgw.examples.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.URI;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipmgw.Call;
import org.sipmgw.CallOptions;
import org.sipmgw.EndReason.Cause;
import org.sipmgw.account.Account;
import org.sipmgw.account.RegistrationStatus.State;
import org.sipmgw.conference.Room;
import org.sipmgw.fakes.TestGateway;
import org.sipmgw.testsupport.KamailioServer;
import org.sipmgw.testsupport.RegisteredBaresip;

/** A registered gateway calls another user of its registrar. */
@Tag("registrar")
class CallsOfAccountsIT {
    private static final Room ROOM = Room.of(URI.create("https://meet.example/room42"), "Board room");

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void callsWithPasswordRouteAndContactOfTheRegistration(String transport) throws Exception {
        try (RegistrarLab lab = new RegistrarLab()) {
            KamailioServer kamailio = lab.kamailio(RegistrarLab.SETTINGS.withServiceRoute());
            String line = kamailio.account("gw", transport, ";audio_codecs=PCMU");
            TestGateway gateway = lab.gateway(line);
            RegistrarLab.await(gateway, State.REGISTERED);
            RegisteredBaresip other = lab.with(RegisteredBaresip.start(kamailio, "room7", ""));

            Call call = gateway.gateway.call(
                    "sip:room7@127.0.0.1:" + kamailio.port(), ROOM, CallOptions.of(Account.parse(line)));
            gateway.events.await("state CONNECTED");

            assertThat(kamailio.unsigned("gw")).as("challenges").isEqualTo(1);
            List<String> invites = kamailio.invites("gw");
            assertThat(invites).hasSize(2);
            assertThat(invites.get(1))
                    .startsWith("by " + transport + " Route <sip:127.0.0.1:" + kamailio.port() + ";lr;id=home>")
                    .contains("Contact <sip:gw@127.0.0.1;gr=urn:uuid:");
            assertThat(gateway.engine.last().streams())
                    .as("baresip has Opus too")
                    .anyMatch(stream -> stream.codec().is("PCMU"));
            assertThat(call.request().account()).contains(Account.parse(line));
            assertThat(other.events()).contains("CALL_ESTABLISHED");
            // the Contact of the registration leads back to the gateway
            other.command("hangup", "");
            assertThat(gateway.events.awaitEnd().cause()).isEqualTo(Cause.ROOM_HUNG_UP);
        }
    }

    @Test
    void aRealPhoneIsTransferredToSomebodyElse() throws Exception {
        try (RegistrarLab lab = new RegistrarLab()) {
            KamailioServer kamailio = lab.kamailio(RegistrarLab.SETTINGS);
            String line = kamailio.account("gw", "udp", "");
            TestGateway gateway = lab.gateway(line);
            RegistrarLab.await(gateway, State.REGISTERED);
            lab.with(RegisteredBaresip.start(kamailio, "room7", ""));
            Call call = gateway.gateway.call(
                    "sip:room7@127.0.0.1:" + kamailio.port(), ROOM, CallOptions.of(Account.parse(line)));
            gateway.events.await("state CONNECTED");

            // to the gateway's own account, as to anybody else
            call.transfer("sip:gw@127.0.0.1:" + kamailio.port())
                    .toCompletableFuture()
                    .get(20, TimeUnit.SECONDS);

            assertThat(call.ended().toCompletableFuture().join().cause()).isEqualTo(Cause.TRANSFERRED);
            gateway.events.await("incoming");
            assertThat(gateway.gateway.calls())
                    .singleElement()
                    .satisfies(other -> assertThat(other.request().fromUri()).startsWith("sip:room7@"));
            assertThat(gateway.events.lines).contains("transferring 200 OK");
        }
    }
}
