package org.sipmgw.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sipmgw.browser.BrowserLab.await;

import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.sipmgw.conference.Room;
import org.sipmgw.spi.CameraPort;
import org.sipmgw.spi.ConferenceListener;
import org.sipmgw.spi.ConferenceSession;
import org.sipmgw.spi.MicrophonePort;
import org.sipmgw.spi.PageDevices;
import org.sipmgw.spi.SpeakerPort;

/** A page among several cameras and microphones, Chromium's own fakes, of which one of each is its call's. */
@Tag("call")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class DevicesScriptIT {
    private static final String CAMERA = "fake_device_1";
    private static final String MICROPHONE = "Fake Audio Input 2";
    private static final String ASK = """
            const tell = (text) => { document.title = text; window.phase = 'JOINED'; };
            (async () => {
              const names = async () => (await navigator.mediaDevices.enumerateDevices())
                .filter((d) => d.kind !== 'audiooutput').map((d) => d.kind + '=' + d.label).join();
              const before = await names();
              const stream = await navigator.mediaDevices.getUserMedia(
                { audio: { echoCancellation: true, deviceId: 'default' },
                  video: { width: { exact: 12345 }, facingMode: 'user' } });
              const [camera] = stream.getVideoTracks(), [microphone] = stream.getAudioTracks();
              const refused = await navigator.mediaDevices.getDisplayMedia().catch((e) => e.name);
              return [before, await names(), camera.label, microphone.label,
                microphone.getSettings().echoCancellation, refused].join('|');
            })().then((t) => tell(t), (e) => tell('failed ' + e))
            """;

    private BrowserLab lab;
    private TestWeb web;
    private BrowserJoiner joiner;
    private final AtomicInteger closed = new AtomicInteger();
    private final TestProduct product = new TestProduct();

    @BeforeAll
    void start() throws Exception {
        lab = new BrowserLab();
        web = new TestWeb(Path.of("/nonexistent"));
        web.page("/asking.html", "<!DOCTYPE html><title>…</title><body><script>" + ASK + "</script>");
        Path program = lab.base().resolve("chromium");
        Files.writeString(program, """
                #!/bin/sh
                exec /usr/lib/chromium/chromium --use-fake-device-for-media-stream=device-count=3 "$@"
                """);
        Files.setPosixFilePermissions(program, PosixFilePermissions.fromString("rwxr-xr-x"));
        Files.setPosixFilePermissions(lab.base(), PosixFilePermissions.fromString("rwxr-xr-x"));
        SpeakerPort.Provider speakers = TestDevices.speakers(lab.runtime());
        joiner = lab.builder(List.of(web.host()))
                .pages(List.of(product))
                .chromium(program.toString())
                .speakers(new SpeakerPort.Provider() {
                    @Override
                    public SpeakerPort open() {
                        throw new IllegalStateException("without a microphone");
                    }

                    @Override
                    public SpeakerPort open(MicrophonePort microphone) {
                        assertThat(microphone.label()).isEqualTo(MICROPHONE);
                        return speakers.open();
                    }
                })
                .devices((width, height) -> Optional.of(new PageDevices(new Camera(), new Microphone())))
                .warm(0)
                .build();
    }

    @AfterAll
    void end() {
        joiner.close();
        web.close();
        lab.close();
    }

    @Test
    void aPageSeesAndTakesTheDevicesOfItsCallAndNoOthers() throws Exception {
        try (ConferenceSession session = await(joiner.open(new ConferenceListener() {}))) {
            assertThat(session.devices()).isPresent();
            await(session.join(
                    Room.of(web.uri("/asking.html"), "Room"),
                    offer -> CompletableFuture.failedFuture(new IllegalStateException("it has devices")),
                    Duration.ofSeconds(30)));
            String mine = "audioinput=" + MICROPHONE + ",videoinput=" + CAMERA;
            assertThat(product.title)
                    .isEqualTo(String.join("|", mine, mine, CAMERA, MICROPHONE, "false", "NotAllowedError"));
        }
        assertThat(closed.get()).isEqualTo(2);
    }

    @Test
    void labelsAreTextInTheScriptWhateverIsInThem() {
        String script = Bridge.script(new PageDevices(new Camera("a\"b\\c</script>"), new Microphone()));
        assertThat(script).contains("videoinput: \"a\\\"b\\\\c").contains("audioinput: \"" + MICROPHONE + "\"");
        assertThat(Map.of("left", script.contains("CAMERA_LABEL,"))).containsEntry("left", false);
    }

    private final class Camera implements CameraPort {
        private final String label;

        Camera() {
            this(CAMERA);
        }

        Camera(String label) {
            this.label = label;
        }

        @Override
        public String label() {
            return label;
        }

        @Override
        public String device() {
            return "/dev/video1";
        }

        @Override
        public int width() {
            return 640;
        }

        @Override
        public int height() {
            return 360;
        }

        @Override
        public void frame(ByteBuffer i420) {
            throw new IllegalStateException("no call");
        }

        @Override
        public void still() {
            throw new IllegalStateException("no call");
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }

    private final class Microphone implements MicrophonePort {
        @Override
        public String label() {
            return MICROPHONE;
        }

        @Override
        public String device() {
            return "card 1";
        }

        @Override
        public String recorded() {
            return "hw:1,1,0";
        }

        @Override
        public void sound(ByteBuffer samples) {
            throw new IllegalStateException("no call");
        }

        @Override
        public void close() {
            closed.incrementAndGet();
        }
    }
}
