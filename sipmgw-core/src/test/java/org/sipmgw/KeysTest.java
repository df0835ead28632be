package org.sipmgw;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.fakes.TestGateway;
import org.sipmgw.rawsip.RawCall;
import org.sipmgw.rawsip.RawMessage;
import org.sipmgw.rawsip.RawPhone;

/** Keys of a call, both ways. */
@Tag("network")
class KeysTest {
    private static final String NO_EVENTS =
            RawCall.offer().replace("RTP/AVP 0 101", "RTP/AVP 0").replaceAll("a=(rtpmap|fmtp):101.*\r\n", "");

    private final TestGateway gateway = new TestGateway();
    private final RawPhone phone;
    private final RawCall call;

    KeysTest() throws IOException {
        phone = RawPhone.udp(gateway.address(Transport.UDP));
        call = new RawCall(phone, "room42");
    }

    private Call establish(String offer) {
        assertThat(call.invite(offer).status()).isEqualTo(200);
        call.ack("");
        gateway.events.await("state CONNECTED");
        return gateway.events.calls.get(0);
    }

    @AfterEach
    void nothingIsLeft() {
        call.ask("BYE", "");
        gateway.events.await("every end", lines -> gateway.gateway.calls().isEmpty());
        gateway.assertEmpty();
        phone.close();
        gateway.close();
    }

    @Test
    void goAsTelephoneEventsWhereThoseAreAgreed() throws Exception {
        Call established = establish(RawCall.offer());
        established.sendDtmf("12#").toCompletableFuture().get(5, TimeUnit.SECONDS);
        assertThat(gateway.engine.last().keys).containsExactly("12#");
        assertThatThrownBy(() -> established.sendDtmf("1x")).isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> established.sendDtmf("")).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void goByInfoOneByOneWhereNoEventsAreAgreed() throws Exception {
        Call established = establish(NO_EVENTS);
        var sent = established.sendDtmf("7*").toCompletableFuture();
        List<String> bodies = new ArrayList<>();
        for (int i = 0; i < 2; i++) {
            RawMessage info =
                    phone.await("INFO", message -> message.method().equals("INFO") && !bodies.contains(message.body()));
            assertThat(info.header("Content-Type")).hasValue("application/dtmf-relay");
            bodies.add(info.body());
            call.reply(info, 200);
        }
        sent.get(5, TimeUnit.SECONDS);
        assertThat(bodies).containsExactly("Signal=7\r\nDuration=160\r\n", "Signal=*\r\nDuration=160\r\n");
        assertThat(gateway.engine.last().keys).isEmpty();
    }

    @Test
    void comeOnceAlthoughTheRoomSendsThemTwoWays() {
        establish(RawCall.offer());
        gateway.engine.last().key('5');
        info("5");
        gateway.engine.last().key('5');
        gateway.engine.last().key('5');
        info("6");
        gateway.events.await("key 6");
        assertThat(gateway.events.lines.stream().filter("key 5"::equals)).hasSize(3);
    }

    private void info(String key) {
        assertThat(call.ask("INFO", "Signal=" + key + "\r\n", "Content-Type: application/dtmf-relay")
                        .status())
                .isEqualTo(200);
    }

    @Test
    void areTheSamePressOnlyWithinHalfASecondAndByAnotherWay() {
        KeyOnce once = new KeyOnce();
        long half = Duration.ofMillis(500).toNanos();
        assertThat(once.isNew('1', KeyOnce.Way.MEDIA, 0)).isTrue();
        assertThat(once.isNew('1', KeyOnce.Way.MEDIA, 1)).isTrue();
        assertThat(once.isNew('1', KeyOnce.Way.INFO, half / 2)).isFalse();
        assertThat(once.isNew('1', KeyOnce.Way.INFO, half / 2 + 1)).isTrue();
        assertThat(once.isNew('1', KeyOnce.Way.MEDIA, 2 * half)).isTrue();
        assertThat(once.isNew('2', KeyOnce.Way.INFO, 2 * half)).isTrue();
    }
}
