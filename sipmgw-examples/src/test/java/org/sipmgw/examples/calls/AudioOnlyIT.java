package org.sipmgw.examples.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.Call;
import org.sipmgw.EndReason;
import org.sipmgw.testsupport.PhoneMedia;
import org.sipmgw.testsupport.VirtualCall;
import org.sipmgw.testsupport.VirtualPhone;

/** A telephone joins: it has no picture. */
@Tag("call")
class AudioOnlyIT {

    private static final int PITCHES = 2;

    @Test
    void aTelephoneAndTheConferenceHearEachOther() throws Exception {
        try (CallLab lab = CallLab.open();
                Conference conference = lab.conference();
                VirtualPhone phone = VirtualPhone.open("Room")) {
            lab.awaitWarm();
            PhoneMedia media = lab.media().withoutVideo();
            VirtualCall call = phone.call(lab.uri(conference), media);
            Call seen = lab.onlyCall();
            CallLab.awaitConnected(seen);

            conference.watch("Room").awaitRecognised(0, PITCHES);
            CallLab.watch("Room", call, media).awaitRecognised(0, PITCHES);
            assertThat(call.video().count()).isZero();

            call.hangUp();
            EndReason reason = seen.ended().toCompletableFuture().get(20, TimeUnit.SECONDS);
            assertThat(reason.cause()).isEqualTo(EndReason.Cause.ROOM_HUNG_UP);
            lab.awaitNothingLeft();
        }
    }
}
