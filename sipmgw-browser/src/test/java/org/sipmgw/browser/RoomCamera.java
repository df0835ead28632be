package org.sipmgw.browser;

import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.remote.HttpCommandExecutor;
import org.openqa.selenium.remote.RemoteWebDriver;
import org.openqa.selenium.remote.http.ClientConfig;
import org.sipmgw.spi.PagePeer;

/**
 * Stands in for the gateway's media in tests of this module: another Chromium, without a window, answers the page's offer
 * with a moving canvas and a tone.
 */
final class RoomCamera implements PagePeer, AutoCloseable {
    private static final String ANSWER = """
            const [sdp, done] = arguments;
            (async () => {
              if (!window.canvas) {
                window.canvas = Object.assign(document.createElement('canvas'), { width: 640, height: 360 });
                const draw = canvas.getContext('2d');
                let n = 0;
                setInterval(() => {
                  draw.fillStyle = '#c03020'; draw.fillRect(0, 0, 640, 360);
                  draw.fillStyle = '#ffffff'; draw.fillRect((n++ * 7) % 640, 100, 60, 160);
                }, 66);
                const audio = new AudioContext();
                const tone = audio.createOscillator(); tone.frequency.value = 440; tone.start();
                window.sound = audio.createMediaStreamDestination(); tone.connect(sound);
                window.picture = canvas.captureStream();
              }
              const pc = new RTCPeerConnection();
              (window.pcs = window.pcs || []).push(pc);
              while (pcs.length > 2) pcs.shift().close();
              await pc.setRemoteDescription({ type: 'offer', sdp });
              pc.addTrack(picture.getVideoTracks()[0]); pc.addTrack(sound.stream.getAudioTracks()[0]);
              await pc.setLocalDescription(await pc.createAnswer());
              await new Promise((resolve) => {
                const look = () => { if (pc.iceGatheringState === 'complete') resolve(); };
                pc.onicegatheringstatechange = look; look(); setTimeout(resolve, 2000);
              });
              done(pc.localDescription.sdp);
            })().catch((e) => done('error ' + e));
            """;

    private final DriverProcess process;
    private final RemoteWebDriver driver;
    private final ExecutorService thread = Executors.newSingleThreadExecutor();
    private final AtomicInteger offers = new AtomicInteger();

    RoomCamera(BrowserConfig config) {
        process = DriverProcess.start(config, Map.of());
        ChromeOptions options = new ChromeOptions();
        options.setBinary(config.programs().chromium());
        options.addArguments(
                "--headless=new",
                "--no-first-run",
                "--autoplay-policy=no-user-gesture-required",
                "--disable-features=WebRtcHideLocalIpsWithMdns",
                "--disable-background-timer-throttling",
                "--user-data-dir=" + process.home().resolve("profile"));
        ClientConfig client = ClientConfig.defaultConfig().baseUrl(process.address());
        driver = new RemoteWebDriver(new HttpCommandExecutor(client), options, client);
        driver.get("data:text/html,<title>room camera</title>");
    }

    /** How often the page has offered. */
    int offers() {
        return offers.get();
    }

    @Override
    public CompletionStage<String> connect(String offerSdp) {
        offers.incrementAndGet();
        return CompletableFuture.supplyAsync(
                () -> {
                    String answer = String.valueOf(driver.executeAsyncScript(ANSWER, offerSdp));
                    if (answer.startsWith("error")) {
                        throw new IllegalArgumentException(answer);
                    }
                    return answer;
                },
                thread);
    }

    /** Ends the connection that was made last. */
    void breakConnection() {
        CompletableFuture.runAsync(() -> driver.executeScript("pcs.pop().close();"), thread)
                .join();
    }

    @Override
    public void close() {
        thread.shutdownNow();
        process.close();
        try {
            driver.quit();
        } catch (org.openqa.selenium.WebDriverException e) {
            // its process has gone before it
        }
    }
}
