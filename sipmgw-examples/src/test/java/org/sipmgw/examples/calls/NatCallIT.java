package org.sipmgw.examples.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.Call;
import org.sipmgw.EndReason;
import org.sipmgw.GatewayConfig;
import org.sipmgw.account.Credentials;
import org.sipmgw.account.NatTraversal;
import org.sipmgw.account.StunServer;
import org.sipmgw.spi.NatPolicy;
import org.sipmgw.testsupport.BaresipSettings;
import org.sipmgw.testsupport.CoturnServer;
import org.sipmgw.testsupport.NatLab;
import org.sipmgw.testsupport.NattedBaresip;
import org.sipmgw.testsupport.PhoneMedia;

/** A room behind a real NAT and a gateway behind another one: their media meet at a TURN server. */
@Tag("turn")
class NatCallIT {

    @Test
    void roomAndConferenceSeeEachOtherThroughTheRelayByTls() throws Exception {
        seeEachOther(NatTraversal.TURN, "tls", coturn -> "");
    }

    @Test
    @Tag("long")
    void roomAndConferenceSeeEachOtherThroughTheRelayByUdp() throws Exception {
        seeEachOther(NatTraversal.TURN, "udp", coturn -> "");
    }

    @Test
    void iceAndDtlsFindTheWay() throws Exception {
        seeEachOther(
                NatTraversal.ICE, "tcp", coturn -> "medianat=ice;mediaenc=dtls_srtp;stunserver=" + coturn.stunUri());
    }

    private static void seeEachOther(NatTraversal traversal, String transport, Function<CoturnServer, String> account)
            throws Exception {
        try (NatLab net = NatLab.open();
                CoturnServer coturn =
                        CoturnServer.start(CoturnServer.Settings.in(net.publicNamespace(), net.publicAddress()));
                CallLab lab = CallLab.open(GatewayConfig.defaults(), net, relay(traversal, coturn, transport));
                Conference conference = lab.conference();
                NattedBaresip phone = NattedBaresip.start(net, BaresipSettings.standard(), account.apply(coturn))) {
            lab.awaitWarm();
            phone.call(
                    "sip:" + conference.user() + "@" + net.gatewayAddress() + ":" + net.sipPort(), Watch.PATIENCE_MS);
            Call call = lab.onlyCall();
            CallLab.awaitConnected(call);
            conference.watch("room").awaitRecognised();
            CallLab.await(
                    () -> "the participant's picture at baresip\n" + phone.log(),
                    () -> phone.snapshot()
                            .filter(picture -> Watch.reads(picture, PhoneMedia.CONFERENCE_SENDER))
                            .isPresent());
            // the relay has seen the room's NAT, not its inside address
            assertThat(coturn.log()).contains(net.roomNatAddress());
            phone.hangUp();
            EndReason reason = call.ended().toCompletableFuture().get(20, TimeUnit.SECONDS);
            assertThat(reason.cause()).isEqualTo(EndReason.Cause.ROOM_HUNG_UP);
            lab.awaitNothingLeft();
        }
    }

    private static NatPolicy relay(NatTraversal traversal, CoturnServer coturn, String transport) {
        StunServer server = StunServer.parse(coturn.uri(transport))
                .withCredentials(new Credentials(CoturnServer.USER, CoturnServer.PASSWORD));
        return new NatPolicy(traversal, Optional.of(server), Optional.empty(), false, Optional.of(coturn.caFile()));
    }
}
