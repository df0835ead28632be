package org.sipmgw.examples.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.Call;
import org.sipmgw.EndReason;
import org.sipmgw.GatewayConfig;
import org.sipmgw.testsupport.PhoneMedia;
import org.sipmgw.testsupport.VirtualCall;
import org.sipmgw.testsupport.VirtualPhone;

@Tag("call")
class FirstCallIT {

    @Test
    void roomAndParticipantSeeAndHearEachOtherAndNothingIsLeftAfterwards() throws Exception {
        try (CallLab lab = CallLab.open(1, GatewayConfig.defaults());
                Conference conference = lab.conference();
                VirtualPhone phone = VirtualPhone.open("Room")) {
            PhoneMedia media = lab.media();
            lab.awaitWarm();
            VirtualCall call = phone.call(lab.uri(conference), media);
            Call seen = lab.onlyCall();
            CallLab.awaitConnected(seen);
            System.out.println("answered after " + call.answerMs() + " ms, joined after " + seen.joinTime());
            assertThat(seen.warm()).isTrue();

            Watch.awaitRecognised(conference.watch("Room"), CallLab.watch("Room", call, media));

            call.hangUp();
            EndReason reason = seen.ended().toCompletableFuture().get(20, TimeUnit.SECONDS);
            assertThat(reason.cause()).isEqualTo(EndReason.Cause.ROOM_HUNG_UP);
            lab.awaitNothingLeft();
            CallLab.await("the room left the conference", () -> !conference.has("Room"));
        }
    }
}
