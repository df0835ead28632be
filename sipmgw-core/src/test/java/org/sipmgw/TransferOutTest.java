package org.sipmgw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.EndReason.Cause;
import org.sipmgw.fakes.TestGateway;
import org.sipmgw.rawsip.RawCall;
import org.sipmgw.rawsip.RawMessage;
import org.sipmgw.rawsip.RawPhone;

/** The gateway asks a room system to talk to somebody else (REFER, RFC 3515). */
@Tag("dialog")
class TransferOutTest {
    private static TestGateway gateway;
    private RawPhone phone;
    private RawCall room;
    private Call call;

    @BeforeAll
    static void openGateway() {
        gateway = new TestGateway();
    }

    @AfterAll
    static void closeGateway() {
        gateway.close();
    }

    @BeforeEach
    void establish() throws IOException {
        gateway.events.clear();
        phone = RawPhone.udp(gateway.address(Transport.UDP));
        room = new RawCall(phone, "room42");
        room.establish();
        gateway.events.await("state CONNECTED");
        call = gateway.gateway.calls().get(0);
    }

    @AfterEach
    void nothingIsLeft() {
        if (gateway.gateway.calls().contains(call)) {
            room.ask("BYE", "");
        }
        gateway.events.await("every end", lines -> gateway.gateway.calls().isEmpty());
        gateway.assertEmpty();
        phone.close();
    }

    private int notify(String line, String state) {
        return room.ask(
                        "NOTIFY",
                        line + "\r\n",
                        "Event: refer",
                        "Subscription-State: " + state,
                        "Content-Type: message/sipfrag;version=2.0")
                .status();
    }

    private static TransferException failure(CompletableFuture<Void> transfer) {
        try {
            transfer.join();
            throw new AssertionError("it has succeeded");
        } catch (CompletionException e) {
            return (TransferException) e.getCause();
        }
    }

    @Test
    void theCallEndsWhenTheRoomHasSomebodyElse() {
        CompletableFuture<Void> transfer = call.transfer("sip:other@192.0.2.9").toCompletableFuture();
        RawMessage refer = phone.awaitRequest("REFER");
        assertThat(refer.header("Refer-To")).hasValue("<sip:other@192.0.2.9>");
        assertThat(refer.header("Referred-By").orElseThrow()).startsWith("<sip:room42@");
        room.reply(refer, 202);
        assertThat(notify("SIP/2.0 100 Trying", "active;expires=60")).isEqualTo(200);
        assertThat(notify("SIP/2.0 180 Ringing", "active;expires=60")).isEqualTo(200);
        assertThat(transfer).isNotDone();
        assertThat(notify("SIP/2.0 200 OK", "terminated;reason=noresource")).isEqualTo(200);
        transfer.join();
        room.reply(phone.awaitRequest("BYE"), 200);
        EndReason reason = gateway.events.awaitEnd();
        assertThat(reason).isEqualTo(new EndReason(Cause.TRANSFERRED, 200, "Transferred to sip:other@192.0.2.9"));
        assertThat(gateway.events.lines)
                .containsSubsequence("transferring 100 Trying", "transferring 180 Ringing", "transferring 200 OK");
    }

    @Test
    void aRoomThatDoesNotWantToStays() {
        CompletableFuture<Void> transfer = call.transfer("sip:other@192.0.2.9").toCompletableFuture();
        room.reply(phone.awaitRequest("REFER"), 603);
        assertThat(failure(transfer).sipStatus()).isEqualTo(603);
        assertThat(notify("SIP/2.0 200 OK", "terminated")).as("too late").isEqualTo(200);
        assertThat(call.state()).isEqualTo(CallState.CONNECTED);
    }

    @Test
    void aRoomThatReachesNobodyStaysAndMayBeTransferredAgain() {
        CompletableFuture<Void> transfer = call.transfer("sip:a@192.0.2.9").toCompletableFuture();
        RawMessage refer = phone.awaitRequest("REFER");
        assertThat(call.transfer("sip:b@192.0.2.9").toCompletableFuture())
                .as("one at a time")
                .failsWithin(java.time.Duration.ofSeconds(5));
        // reports may overtake the answer
        assertThat(notify("SIP/2.0 486 Busy Here", "terminated;reason=noresource"))
                .isEqualTo(200);
        room.reply(refer, 202);
        assertThat(failure(transfer)).hasMessage("486 Busy Here");
        CompletableFuture<Void> second = call.transfer("sip:c@192.0.2.9").toCompletableFuture();
        room.reply(phone.awaitRequest("REFER"), 202);
        assertThat(notify("", "terminated;reason=timeout")).isEqualTo(200);
        assertThat(failure(second).sipStatus()).isZero();
        assertThat(call.state()).isEqualTo(CallState.CONNECTED);
    }

    @Test
    void reportsOfNothingAreRefused() {
        assertThat(notify("SIP/2.0 200 OK", "terminated")).isEqualTo(481);
        call.transfer("sip:a@192.0.2.9");
        RawMessage refer = phone.awaitRequest("REFER");
        room.reply(refer, 202);
        assertThat(room.ask("NOTIFY", "", "Event: presence", "Subscription-State: active")
                        .status())
                .isEqualTo(489);
        assertThatThrownBy(() -> call.transfer("other")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> call.transfer(call)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void twoRoomsAreConnectedWithEachOther() throws IOException {
        try (RawPhone second = RawPhone.udp(gateway.address(Transport.UDP))) {
            RawCall other = new RawCall(second, "room43");
            RawMessage answer = other.establish();
            gateway.events.await(
                    "two calls",
                    lines -> lines.stream().filter("state CONNECTED"::equals).count() == 2);
            Call consulted = gateway.events.calls.get(1);
            CompletableFuture<Void> transfer = call.transfer(consulted).toCompletableFuture();
            RawMessage refer = phone.awaitRequest("REFER");
            String target = refer.header("Refer-To").orElseThrow();
            assertThat(target).startsWith("<sip:room1@" + second.address());
            String replaces = URLDecoder.decode(
                    target.substring(target.indexOf("?Replaces=") + 10, target.length() - 1), StandardCharsets.UTF_8);
            assertThat(replaces)
                    .isEqualTo(other.callId() + ";to-tag=" + answer.tag("From").orElseThrow() + ";from-tag="
                            + answer.tag("To").orElseThrow());
            room.reply(refer, 202);
            // the second room has taken the first one's INVITE with Replaces, and ends its call with the gateway
            assertThat(other.ask("BYE", "").status()).isEqualTo(200);
            assertThat(notify("SIP/2.0 200 OK", "terminated;reason=noresource")).isEqualTo(200);
            room.reply(phone.awaitRequest("BYE"), 200);
            transfer.join();
            assertThat(call.ended().toCompletableFuture().join().cause()).isEqualTo(Cause.TRANSFERRED);
        }
    }
}
