package org.sipmgw.examples.calls;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sipmgw.Call;
import org.sipmgw.GatewayConfig;
import org.sipmgw.sdp.EncryptionPolicy;
import org.sipmgw.sdp.EncryptionPolicy.Level;
import org.sipmgw.spi.MediaStatistics;
import org.sipmgw.testsupport.BaresipPhone;
import org.sipmgw.testsupport.BaresipSettings;
import org.sipmgw.testsupport.PhoneMedia;
import org.sipmgw.testsupport.VirtualCall;
import org.sipmgw.testsupport.VirtualPhone;

/** Whole calls with a gateway that demands encryption. */
@Tag("srtp")
class EncryptedCallIT {

    private static CallLab lab;

    @BeforeAll
    static void open() throws IOException {
        lab = CallLab.open(1, GatewayConfig.defaults().withEncryption(EncryptionPolicy.of(Level.REQUIRED)));
    }

    @AfterAll
    static void close() {
        lab.close();
    }

    private static List<String> protections(Call call) {
        return call.statistics().streams().stream()
                .map(MediaStatistics.Stream::protection)
                .distinct()
                .toList();
    }

    @ParameterizedTest
    @CsvSource({"srtp-mandf, SDES", "dtls_srtp, DTLS"})
    void baresipAndParticipantSeeEachOther(String mediaenc, String protection) throws Exception {
        try (Conference conference = lab.conference();
                BaresipPhone phone = BaresipPhone.start(
                        lab.authority(), BaresipSettings.standard().withEncryption(mediaenc))) {
            lab.awaitWarm();
            phone.call(conference.user(), Watch.PATIENCE_MS);
            Call seen = lab.onlyCall();
            CallLab.awaitConnected(seen);

            conference.watch("room").awaitRecognised();
            CallLab.await(
                    "the conference's picture at baresip",
                    () -> phone.snapshot()
                            .filter(picture -> Watch.reads(picture, PhoneMedia.CONFERENCE_SENDER))
                            .isPresent());
            assertThat(protections(seen)).singleElement().asString().startsWith(protection + " A");
            // baresip sends in the clear until its side of the handshake is done: not let in
            assertThat(seen.statistics().streams()).allMatch(stream -> stream.forged() < 50);
            phone.hangUp();
            lab.awaitNothingLeft();
        }
    }

    @Test
    void aRoomWithGcmIsSeenAndHeardBothWaysAndGoesOnUnderNewKeys() throws Exception {
        try (Conference conference = lab.conference();
                VirtualPhone phone = VirtualPhone.open("Room")) {
            lab.awaitWarm();
            PhoneMedia media = lab.media().withEncryption();
            VirtualCall call = phone.call(lab.uri(conference), media);
            Call seen = lab.onlyCall();
            CallLab.awaitConnected(seen);
            Watch atParticipant = conference.watch("Room");
            Watch atPhone = CallLab.watch("Room", call, media);
            Watch.awaitRecognised(atParticipant, atPhone);
            CallLab.await(
                    "protection in the statistics", () -> protections(seen).equals(List.of("SDES AEAD_AES_256_GCM")));

            String first = call.reInvite("sendrecv");
            String same = call.reInvite("sendrecv");
            assertThat(keys(same)).as("a refresh keeps the keys").isEqualTo(keys(first));
            assertThat(keys(call.reKey())).as("new keys bring new keys").doesNotContainAnyElementsOf(keys(first));
            Watch.awaitRecognised(atParticipant, atPhone);
            call.hangUp();
            lab.awaitNothingLeft();
        }
    }

    @Test
    void aRoomWithDtlsIsSeenAndHeardBothWaysAndGoesOnInANewAssociation() throws Exception {
        try (Conference conference = lab.conference();
                VirtualPhone phone = VirtualPhone.open("Room")) {
            lab.awaitWarm();
            PhoneMedia media = lab.media().withDtls();
            VirtualCall call = phone.call(lab.uri(conference), media);
            Call seen = lab.onlyCall();
            CallLab.awaitConnected(seen);
            Watch atParticipant = conference.watch("Room");
            Watch atPhone = CallLab.watch("Room", call, media);
            Watch.awaitRecognised(atParticipant, atPhone);
            CallLab.await(
                    "protection in the statistics", () -> protections(seen).equals(List.of("DTLS AEAD_AES_128_GCM")));
            CallLab.await(
                    "reports that the phone can open",
                    () -> !call.videoReports().isEmpty());

            String first = call.reInvite("sendrecv");
            String same = call.reInvite("sendrecv");
            assertThat(associations(same))
                    .as("a refresh keeps the associations")
                    .hasSize(2)
                    .isEqualTo(associations(first));
            assertThat(associations(call.reKey()))
                    .as("new names bring new associations")
                    .doesNotContainAnyElementsOf(associations(first));
            Watch.awaitRecognised(atParticipant, atPhone);
            call.hangUp();
            lab.awaitNothingLeft();
        }
    }

    private static List<String> associations(String description) {
        return description.lines().filter(line -> line.startsWith("a=tls-id:")).toList();
    }

    private static List<String> keys(String description) {
        return description.lines().filter(line -> line.startsWith("a=crypto:")).toList();
    }

    @Test
    void aRoomWithoutEncryptionIsRefused() throws Exception {
        try (Conference conference = lab.conference();
                VirtualPhone phone = VirtualPhone.open("Room")) {
            PhoneMedia media = lab.media();
            assertThatThrownBy(() -> phone.call(lab.uri(conference), media))
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("488");
            lab.awaitNothingLeft();
        }
    }
}
