package org.sipmgw.examples.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.Call;
import org.sipmgw.EndReason;
import org.sipmgw.testsupport.VirtualCall;
import org.sipmgw.testsupport.VirtualPhone;

@Tag("fault")
class ConferenceLostIT {

    private static final long NOTICED_S = 90;

    @Test
    void aConferenceServerKilledEndsTheCallAndSaysWhy() throws Exception {
        try (CallLab lab = CallLab.open();
                Conference conference = lab.conference();
                VirtualPhone phone = VirtualPhone.open("Room")) {
            lab.awaitWarm();
            VirtualCall call = phone.call(lab.uri(conference), lab.media());
            Call seen = lab.onlyCall();
            CallLab.awaitConnected(seen);
            conference.watch("Room").awaitRecognised();

            long at = System.nanoTime();
            lab.janus().kill();
            EndReason reason = seen.ended().toCompletableFuture().get(NOTICED_S, TimeUnit.SECONDS);
            System.out.println("ended after " + (System.nanoTime() - at) / 1_000_000 + " ms");
            assertThat(reason.cause()).isEqualTo(EndReason.Cause.CONFERENCE_ENDED);
            assertThat(reason.detail()).contains("Janus video room").containsAnyOf("Lost connection", "network error");
            String told = call.ended().get(5, TimeUnit.SECONDS);
            System.out.println("the room is told: " + told);
            assertThat(told).containsPattern("cause=\\d{3};text=");
            lab.awaitNothingLeft();
        }
    }
}
