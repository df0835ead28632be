package org.sipmgw.examples.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sipmgw.Call;
import org.sipmgw.testsupport.PhoneMedia;
import org.sipmgw.testsupport.Rtcp;
import org.sipmgw.testsupport.VirtualCall;
import org.sipmgw.testsupport.VirtualPhone;

/** What room systems speak, each both ways. H.264 in mode 1 with Opus is the first call's. */
@Tag("call")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class CodecsIT {

    private CallLab lab;

    @BeforeAll
    void open() throws Exception {
        lab = CallLab.open();
    }

    @AfterAll
    void close() {
        lab.close();
    }

    @ParameterizedTest
    @CsvSource({"H264,0,opus", "VP8,0,G722", "H264,1,PCMU", "VP8,0,PCMA"})
    void pictureAndSoundArriveBothWays(String video, int mode, String audio) throws Exception {
        speak(lab.media(video, mode, audio), true);
    }

    @Test
    void aCallWhoseInviteOffersNothingGetsOurOffer() throws Exception {
        speak(lab.media(), false);
    }

    @Test
    void aRoomWithoutFeedbackIsAskedForKeyFramesByInfo() throws Exception {
        PhoneMedia media = lab.media().withoutFeedback();
        try (Conference conference = lab.conference();
                VirtualPhone phone = VirtualPhone.open("Room")) {
            lab.awaitWarm();
            VirtualCall call = phone.call(lab.uri(conference), media);
            CallLab.awaitConnected(lab.onlyCall());
            int before = call.infos().size();
            // again and again: one that is asked for while another request is on its way is not repeated
            call.videoPath(packet ->
                    Math.floorMod(System.nanoTime(), 1_700_000_000L) < 150_000_000L ? List.of() : List.of(packet));
            CallLab.await("an INFO", () -> call.infos().size() > before);
            assertThat(call.infos()).last().asString().contains("picture_fast_update");
            assertThat(call.videoReports()).noneMatch(Rtcp.Item::asksForKeyFrame);
            call.videoPath(List::of);
            conference.watch("Room").awaitRecognised();
        }
        lab.awaitNothingLeft();
    }

    private void speak(PhoneMedia media, boolean withOffer) throws Exception {
        try (Conference conference = lab.conference();
                VirtualPhone phone = VirtualPhone.open("Room")) {
            lab.awaitWarm();
            VirtualCall call = phone.invite(lab.uri(conference), media, withOffer);
            call.awaitAnswer();
            Call seen = lab.onlyCall();
            CallLab.awaitConnected(seen);
            Watch.awaitRecognised(conference.watch("Room"), CallLab.watch("Room", call, media));
            assertThat(seen.statistics().streams())
                    .extracting(s -> s.codec().toLowerCase(java.util.Locale.ROOT))
                    .contains(
                            media.video().codec().toLowerCase(java.util.Locale.ROOT),
                            media.audio().codec().toLowerCase(java.util.Locale.ROOT));
        }
        lab.awaitNothingLeft();
    }
}
