package org.sipmgw.examples.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.sipmgw.Call;
import org.sipmgw.CallState;
import org.sipmgw.EndReason;
import org.sipmgw.GatewayConfig;
import org.sipmgw.testsupport.VirtualCall;
import org.sipmgw.testsupport.VirtualPhone;

/** Ended by either side at each moment. No browser stands ready, so that each moment is long enough to be met. */
@Tag("call")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HangUpIT {

    private CallLab lab;
    private long children;

    @BeforeAll
    void open() throws Exception {
        lab = CallLab.open(0, GatewayConfig.defaults());
        children = CallLab.children();
    }

    @AfterAll
    void close() {
        lab.close();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        lab.awaitNothingLeft();
        CallLab.await("no process of a call", () -> CallLab.children() == children);
    }

    @Test
    void theRoomGivesUpWhileItRings() throws Exception {
        try (Conference conference = lab.conference();
                VirtualPhone phone = VirtualPhone.open("Room")) {
            VirtualCall call = phone.invite(lab.uri(conference), lab.media(), true);
            CallLab.await("ringing", call::ringing);
            Call seen = lab.onlyCall();
            assertThat(seen.state()).isEqualTo(CallState.RINGING);
            call.hangUp();
            assertThat(call.ended().get(10, TimeUnit.SECONDS)).contains("487");
            assertThat(reason(seen).cause()).isEqualTo(EndReason.Cause.CANCELLED);
        }
    }

    @Test
    void theRoomHangsUpWhileThePageJoins() throws Exception {
        try (Conference conference = lab.conference();
                VirtualPhone phone = VirtualPhone.open("Room")) {
            VirtualCall call = phone.call(lab.uri(conference), lab.media());
            Call seen = lab.onlyCall();
            assertThat(seen.state()).isEqualTo(CallState.JOINING);
            call.hangUp();
            assertThat(reason(seen).cause()).isEqualTo(EndReason.Cause.ROOM_HUNG_UP);
            assertThat(seen.joinTime()).isEmpty();
            assertThat(conference.has("Room")).isFalse();
        }
    }

    @Test
    void theGatewayHangsUpWhileTheConferenceIsOn() throws Exception {
        try (Conference conference = lab.conference();
                VirtualPhone phone = VirtualPhone.open("Room")) {
            VirtualCall call = phone.call(lab.uri(conference), lab.media());
            Call seen = lab.onlyCall();
            CallLab.awaitConnected(seen);
            CallLab.await("the room in the conference", () -> conference.has("Room"));
            EndReason reason = seen.hangUp().toCompletableFuture().get(20, TimeUnit.SECONDS);
            assertThat(reason.cause()).isEqualTo(EndReason.Cause.LOCAL_HANG_UP);
            System.out.println("the room is told: " + call.ended().get(5, TimeUnit.SECONDS));
            CallLab.await("the room left the conference", () -> !conference.has("Room"));
        }
    }

    @Test
    void aConferenceThatDoesNotExistEndsTheCallAndSaysWhy() throws Exception {
        try (VirtualPhone phone = VirtualPhone.open("Room")) {
            VirtualCall call = phone.invite("sip:999999@" + lab.authority(), lab.media(), true);
            CallLab.await("ringing", call::ringing);
            Call seen = lab.onlyCall();
            EndReason reason = reason(seen);
            assertThat(reason.cause()).isEqualTo(EndReason.Cause.NO_SUCH_ROOM);
            assertThat(reason.sipStatus()).isEqualTo(404);
            String told = call.ended().get(10, TimeUnit.SECONDS);
            System.out.println("the room is told: " + told);
            assertThat(told).contains("404");
        }
    }

    private static EndReason reason(Call call) throws Exception {
        return call.ended().toCompletableFuture().get(30, TimeUnit.SECONDS);
    }
}
