package org.sipmgw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.EndReason.Cause;
import org.sipmgw.fakes.FakeMediaSession;
import org.sipmgw.fakes.TestGateway;
import org.sipmgw.rawsip.RawCall;
import org.sipmgw.rawsip.RawMessage;
import org.sipmgw.rawsip.RawPhone;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.StatedAddresses;
import org.sipmgw.spi.DeviceException;

/** Calls whose media addresses come from servers: they take time, may not come, and may change. */
@Tag("turn")
class MediaAddressesTest {
    private final TestGateway gateway = new TestGateway();
    private final RawPhone phone = phone();
    private final RawCall call = new RawCall(phone, "room42");

    private RawPhone phone() {
        try {
            return RawPhone.udp(gateway.address(Transport.UDP));
        } catch (IOException e) {
            throw new IllegalStateException(e);
        }
    }

    private void invite() throws IOException {
        phone.send(call.request("INVITE", RawCall.offer(), RawCall.SDP_TYPE));
    }

    @AfterEach
    void close() {
        phone.close();
        gateway.close();
    }

    @Test
    void aCallWaitsForItsAddressesAndOthersDoNot() throws Exception {
        CompletableFuture<Void> slow = new CompletableFuture<>();
        gateway.engine.gathering = slow;
        invite();
        try (RawPhone other = RawPhone.udp(gateway.address(Transport.UDP))) {
            while (gateway.engine.sessions.isEmpty()) {
                Thread.sleep(10);
            }
            gateway.engine.gathering = CompletableFuture.completedFuture(null);
            RawCall second = new RawCall(other, "room43");
            other.send(second.request("INVITE", RawCall.offer(), RawCall.SDP_TYPE));
            RawMessage answer = other.awaitFinal("1 INVITE");
            assertThat(answer.status()).isEqualTo(200);
            second.learn(answer);
            second.ack("");
            second.ask("BYE", "");
        }
        slow.complete(null);
        RawMessage answer = phone.awaitFinal("1 INVITE");
        assertThat(answer.status()).isEqualTo(200);
        call.learn(answer);
        call.ack("");
        call.ask("BYE", "");
    }

    @Test
    void addressesThatCannotBeHadAreA503ThatNamesTheServer() throws Exception {
        gateway.engine.gathering = CompletableFuture.failedFuture(
                new DeviceException("TURN", "allocate", "turn:turn.example:3478: no answer"));
        invite();
        RawMessage refused = phone.awaitFinal("1 INVITE");
        assertThat(refused.status()).isEqualTo(503);
        call.ackRefusal(refused);
        while (gateway.events.ends.isEmpty()) {
            Thread.sleep(10);
        }
        assertThat(gateway.events.ends.get(0).cause()).isEqualTo(Cause.MEDIA_FAILED);
        assertThat(gateway.events.ends.get(0).detail()).contains("turn:turn.example:3478: no answer");
        assertThat(gateway.engine.open.get()).isZero();
    }

    @Test
    void addressesThatChangeAreToldByAReinvite() throws Exception {
        invite();
        RawMessage answer = phone.awaitFinal("1 INVITE");
        call.learn(answer);
        call.ack("");
        FakeMediaSession media = gateway.engine.last();
        StatedAddresses relayed = new StatedAddresses(
                new InetSocketAddress("203.0.113.9", 50_000), new InetSocketAddress("203.0.113.9", 50_001));
        media.listener.onLocalMediaChanged(media.localMedia().stating(Map.of(MediaKind.AUDIO, relayed)));
        RawMessage reinvite = phone.awaitRequest("INVITE");
        assertThat(reinvite.body()).contains("c=IN IP4 203.0.113.9").contains("m=audio 50000 ");
        call.replyWithSdp(reinvite, RawCall.offer());
        phone.awaitRequest("ACK");
        call.ask("BYE", "");
    }
}
