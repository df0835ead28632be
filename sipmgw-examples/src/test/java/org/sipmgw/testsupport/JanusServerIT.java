package org.sipmgw.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class JanusServerIT {

    @Test
    void aParticipantWithoutABrowserSeesAndHearsAnother() throws Exception {
        PreparedVideo room = PreparedVideo.of(new Pattern(1, "One", 320, 180, 30), "H264", 1, 300_000);
        PreparedVideo other = PreparedVideo.of(new Pattern(2, "Two", 320, 180, 30), "H264", 1, 300_000);
        try (JanusServer janus = JanusServer.start()) {
            JanusRoom r = JanusRoom.of(42, "h264");
            janus.createRoom(r);
            try (JanusParticipant one =
                            JanusParticipant.join(janus, r, "One", PreparedAudio.of(Tones.ROOM, "opus"), room);
                    JanusParticipant two =
                            JanusParticipant.join(janus, r, "Two", PreparedAudio.of(Tones.CONFERENCE, "opus"), other)) {
                two.watch("One", 3000);
                Thread.sleep(3500);
                assertThat(janus.participants(r)).contains("One", "Two");
                ReceivedVideo seen = ReceivedVideo.decode(two.video().packets(), "H264", 1);
                ReceivedAudio heard = ReceivedAudio.decode(two.audio().packets(), "opus", Tones.ROOM);
                assertThat(seen.recognised()).isGreaterThan(50);
                assertThat(heard.beeps()).hasSizeGreaterThanOrEqualTo(2);
                assertThat(Quality.framesPerSecond(seen.pictures())).isBetween(28.0, 31.0);
                assertThat(Quality.skewMs(seen.pictures(), heard.beeps(), 30).orElseThrow())
                        .isBetween(-40.0, 40.0);
            }
        }
    }

    @Test
    void theDemoPageIsServedWithSettingsForThisJanus() throws IOException, InterruptedException {
        try (JanusServer janus = JanusServer.start()) {
            String page = janus.page(Optional.of(JanusRoom.of(42, "vp8")));
            HttpClient http = HttpClient.newHttpClient();
            HttpResponse<String> html =
                    http.send(HttpRequest.newBuilder(URI.create(page)).build(), HttpResponse.BodyHandlers.ofString());
            HttpResponse<String> settings = http.send(
                    HttpRequest.newBuilder(URI.create("http://" + janus.pagesAuthority() + "/settings.js"))
                            .build(),
                    HttpResponse.BodyHandlers.ofString());
            assertThat(html.body()).contains("videoroomtest.js");
            assertThat(settings.body()).contains(janus.api().toString());
        }
    }
}
