package org.sipmgw.examples.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sipmgw.Call;
import org.sipmgw.EndReason;
import org.sipmgw.testsupport.BaresipPhone;
import org.sipmgw.testsupport.BaresipSettings;
import org.sipmgw.testsupport.PhoneMedia;
import org.sipmgw.testsupport.Tones;

/** A room system that somebody else wrote. */
@Tag("call")
class BaresipCallIT {

    @ParameterizedTest
    @CsvSource({"H264, opus", "VP8, G722"})
    void baresipAndParticipantSeeAndHearEachOther(String video, String audio) throws Exception {
        try (CallLab lab = CallLab.open();
                Conference conference = lab.conference();
                BaresipPhone phone = BaresipPhone.start(
                        lab.authority(), BaresipSettings.standard().with(video, audio))) {
            lab.awaitWarm();
            phone.call(conference.user(), Watch.PATIENCE_MS);
            Call seen = lab.onlyCall();
            CallLab.awaitConnected(seen);

            conference.watch("room").awaitRecognised();
            Watch atPhone = new Watch(
                    "participant at baresip",
                    phone.tap().receivedVideo(),
                    video,
                    PhoneMedia.CONFERENCE_SENDER,
                    phone.tap().receivedAudio(),
                    audio,
                    Tones.CONFERENCE,
                    () -> {});
            atPhone.awaitRecognised();
            assertThat(phone.snapshot())
                    .as("what baresip itself decoded")
                    .hasValueSatisfying(picture -> assertThat(Watch.reads(picture, PhoneMedia.CONFERENCE_SENDER))
                            .isTrue());

            phone.hangUp();
            EndReason reason = seen.ended().toCompletableFuture().get(20, TimeUnit.SECONDS);
            assertThat(reason.cause()).isEqualTo(EndReason.Cause.ROOM_HUNG_UP);
            lab.awaitNothingLeft();
        }
    }
}
