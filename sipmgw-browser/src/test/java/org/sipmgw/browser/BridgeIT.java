package org.sipmgw.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sipmgw.browser.BrowserLab.await;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.sipmgw.conference.ConferenceState;
import org.sipmgw.conference.Room;
import org.sipmgw.spi.ConferenceListener;
import org.sipmgw.spi.ConferenceSession;

/** The bridge script in real pages. Each page reports in its title; a page is joined when it has a title that is no ellipsis. */
@Tag("call")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BridgeIT {
    private static final String ASK = """
            (async () => {
              const stream = await navigator.mediaDevices.getUserMedia(
                { audio: { echoCancellation: true }, video: { width: { ideal: 1920 }, height: 1080 } });
              const video = document.createElement('video');
              video.muted = true; video.srcObject = new MediaStream(stream.getVideoTracks());
              await video.play();
              const d = await navigator.mediaDevices.enumerateDevices();
              const t = stream.getVideoTracks()[0].clone();
              return [video.videoWidth + 'x' + video.videoHeight, stream.getAudioTracks().length,
                d.map((x) => x.kind + '=' + x.label).join(), t.label, t.getSettings().deviceId].join('|');
            })()
            """;
    private static final String GOT = "640x360|1|audioinput=Room microphone,videoinput=Room camera,"
            + "audiooutput=Room speaker|Room camera|room-camera";

    private BrowserLab lab;
    private TestWeb web;
    private BrowserJoiner joiner;
    private ConferenceSession session;

    /** Joined as soon as the page has written what it got into its title. */
    private final TestProduct product = new TestProduct();

    @BeforeAll
    void start() throws Exception {
        lab = new BrowserLab();
        web = new TestWeb(Path.of("/nonexistent"));
        lab.camera();
        joiner =
                lab.builder(List.of(web.host())).pages(List.of(product)).warm(1).build();
    }

    @AfterAll
    void end() {
        joiner.close();
        web.close();
        lab.close();
    }

    @BeforeEach
    void open() throws Exception {
        session = lab.warmSession(joiner, new ConferenceListener() {});
    }

    @AfterEach
    void close() {
        session.close();
    }

    private static String page(String script) {
        return "<!DOCTYPE html><title>…</title><body><script>" + script + "</script>";
    }

    /** Asks, and tells in the title, by which the test product knows that it is joined. */
    private static String asking(String where) {
        return ASK.strip() + ".then((t) => " + where + ", (e) => " + where.replace("(t)", "('failed ' + e)") + ");";
    }

    private String join(String path) throws Exception {
        ConferenceState state =
                await(session.join(Room.of(web.uri(path), "Room"), lab.camera(), Duration.ofSeconds(20)));
        assertThat(state.phase()).isEqualTo(ConferenceState.Phase.JOINED);
        return product.title;
    }

    private static final String TELL = "((x) => { document.title = x; window.phase = 'JOINED'; })(t)";

    @Test
    void makesTheRoomThePagesCamera() throws Exception {
        web.page("/plain.html", page(asking(TELL)));
        int before = lab.camera().offers();
        assertThat(join("/plain.html")).isEqualTo(GOT);
        assertThat(lab.camera().offers()).isEqualTo(before + 1);
    }

    /** Two connections in one page: what the first is allowed to send before it has learnt anything. */
    private static final String SEND = """
            (async () => {
              const stream = await navigator.mediaDevices.getUserMedia({ video: true });
              const near = new RTCPeerConnection(), far = new RTCPeerConnection();
              near.onicecandidate = (e) => far.addIceCandidate(e.candidate);
              far.onicecandidate = (e) => near.addIceCandidate(e.candidate);
              near.addTrack(stream.getVideoTracks()[0]);
              await near.setLocalDescription();
              await far.setRemoteDescription(near.localDescription);
              await far.setLocalDescription();
              await near.setRemoteDescription(far.localDescription);
              for (;;) {
                await new Promise((resolve) => setTimeout(resolve, 20));
                for (const report of (await near.getStats()).values()) {
                  if (report.availableOutgoingBitrate) return String(report.availableOutgoingBitrate);
                }
              }
            })()
            """;

    @Test
    void sendsAWholePictureFromTheBeginning() throws Exception {
        web.page("/send.html", page(SEND.strip() + ".then((t) => " + TELL + ");"));
        assertThat(Double.parseDouble(join("/send.html"))).isGreaterThanOrEqualTo(1_000_000);
    }

    @Test
    void worksUnderAStrictPolicyAndTrustedTypes() throws Exception {
        web.page(
                "/strict.html",
                "<!DOCTYPE html><title>…</title><body><script src='/strict.js'></script>",
                Map.of(
                        "Content-Security-Policy",
                        "default-src 'none'; script-src 'self'; require-trusted-types-for 'script'; trusted-types 'none'",
                        "Permissions-Policy",
                        "camera=(), microphone=()"));
        web.page("/strict.js", asking(TELL));
        assertThat(join("/strict.html")).isEqualTo(GOT);
    }

    @Test
    void reachesFramesOfOtherSites() throws Exception {
        web.page("/inner.html", page(asking("parent.postMessage((t), '*')")));
        web.page(
                "/outer.html",
                page("onmessage = (m) => { const t = m.data; " + TELL + " };")
                        + "<iframe allow='camera; microphone' src='http://localhost:" + web.port()
                        + "/inner.html'></iframe>");
        assertThat(join("/outer.html")).isEqualTo(GOT);
    }

    @Test
    void reachesNewTabs() throws Exception {
        web.page("/tab.html", page(asking("opener.postMessage((t), '*')")));
        web.page(
                "/opener.html",
                page("onmessage = (m) => { const t = m.data; " + TELL + " };" + "onclick = () => open('/tab.html');")
                        + "<button>open</button>");
        product.clickOn = "button";
        try {
            assertThat(join("/opener.html")).isEqualTo(GOT);
        } finally {
            product.clickOn = "";
        }
    }

    @Test
    void offersAnewAfterAReload() throws Exception {
        web.page(
                "/reload.html",
                page("if (!sessionStorage.again) {" + asking("(sessionStorage.again = 1, location.reload(t))")
                        + "} else {" + asking(TELL) + "}"));
        int before = lab.camera().offers();
        assertThat(join("/reload.html")).isEqualTo(GOT);
        assertThat(lab.camera().offers()).isEqualTo(before + 2);
    }

    @Test
    void givesClonesOfOneConnectionToAllWhoAsk() throws Exception {
        web.page("/twice.html", page(ASK.strip() + ".then(() => " + ASK.strip() + ").then((t) => " + TELL + ");"));
        int before = lab.camera().offers();
        assertThat(join("/twice.html")).isEqualTo(GOT);
        assertThat(lab.camera().offers()).isEqualTo(before + 1);
    }

    @Test
    void offersAnewWhenTheConnectionIsLostAndTellsThePageThatItsDevicesHaveChanged() throws Exception {
        web.page(
                "/lost.html",
                page(asking(TELL) + "navigator.mediaDevices.ondevicechange = () => " + ASK.strip()
                        + ".then((t) => { document.title = 'again ' + t; });"));
        assertThat(join("/lost.html")).isEqualTo(GOT);
        int before = lab.camera().offers();
        long brokenNs = System.nanoTime();
        lab.camera().breakConnection();
        BrowserLab.awaitTrue(() -> product.title.equals("again " + GOT));
        System.out.println("picture is back " + (System.nanoTime() - brokenNs) / 1_000_000 + " ms after the loss");
        assertThat(lab.camera().offers()).isEqualTo(before + 1);
    }

    @Test
    void refusesToShareAScreenWithoutAsking() throws Exception {
        web.page(
                "/share.html",
                page("navigator.mediaDevices.getDisplayMedia().catch((e) => e.name).then((t) => " + TELL + ");"));
        assertThat(join("/share.html")).isEqualTo("NotAllowedError");
    }
}
