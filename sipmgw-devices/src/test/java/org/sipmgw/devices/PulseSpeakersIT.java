package org.sipmgw.devices;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipmgw.spi.SpeakerPort;

class PulseSpeakersIT {
    private static final int RATE_HZ = 48_000;

    @TempDir
    Path temp;

    private Scene scene;
    private PulseSpeakers speakers;

    @BeforeEach
    void open() throws Exception {
        scene = new Scene(temp);
        speakers = PulseSpeakers.builder(scene.runtime).build();
    }

    @AfterEach
    void close() throws Exception {
        scene.close();
    }

    @Test
    void whatTheOrdinaryUserPlaysTheGatewayRecords() throws Exception {
        Path wav = scene.runtime.newFile("tone", Tone.wav(1000, RATE_HZ, 3));
        try (SpeakerPort speaker = speakers.open()) {
            Process recorder = recorder(speaker);
            try {
                CompletableFuture<Void> playing = CompletableFuture.runAsync(() -> play(speaker, wav));
                byte[] pcm = new byte[RATE_HZ * 4 / 2];
                double best = 0;
                for (int tries = 0; tries < 4 && best < 0.9; tries++) {
                    assertThat(recorder.getInputStream().readNBytes(pcm, 0, pcm.length))
                            .isEqualTo(pcm.length);
                    best = Tone.share(pcm, pcm.length / 4, 1000, RATE_HZ);
                }
                assertThat(best).as("share of 1000 Hz").isGreaterThan(0.9);
                assertThat(Tone.share(pcm, pcm.length / 4, 1500, RATE_HZ)).isLessThan(0.05);
                playing.get(10, TimeUnit.SECONDS);
            } finally {
                recorder.destroyForcibly().waitFor();
            }
        }
        scene.runtime.delete(wav.getParent());
        scene.assertNothingLeft();
    }

    private void play(SpeakerPort speaker, Path wav) {
        try {
            scene.client(speaker.environment(), "paplay", wav.toString());
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private Process recorder(SpeakerPort speaker) throws Exception {
        ProcessBuilder parec = new ProcessBuilder(
                "parec",
                "--server=" + speaker.server(),
                "--device=" + speaker.monitor(),
                "--raw",
                "--format=s16le",
                "--rate=" + RATE_HZ,
                "--channels=2",
                "--latency-msec=20");
        parec.environment().put("HOME", temp.toString());
        parec.environment().put("XDG_RUNTIME_DIR", temp.toString());
        return parec.redirectError(ProcessBuilder.Redirect.INHERIT).start();
    }

    @Test
    void showsClientsOneSinkAndNothingElse() throws Exception {
        try (SpeakerPort speaker = speakers.open()) {
            assertThat(scene.client(speaker.environment(), "pactl", "list", "short", "sinks"))
                    .singleElement()
                    .asString()
                    .contains("speaker")
                    .contains("s16le 2ch 48000Hz");
            assertThat(scene.client(speaker.environment(), "pactl", "list", "short", "sources"))
                    .singleElement()
                    .asString()
                    .contains(speaker.monitor());
        }
    }

    @Test
    void clientsCannotLoadModules() throws Exception {
        try (SpeakerPort speaker = speakers.open()) {
            String script = "pactl load-module module-null-sink 2>&1; echo code $?; pactl list short modules";
            assertThat(scene.client(speaker.environment(), "sh", "-c", script))
                    .contains("code 1")
                    .filteredOn(line -> line.contains("module-"))
                    .hasSize(2);
        }
    }

    @Test
    void runsAsTheOrdinaryUserBehindAPrivateDirectory() throws Exception {
        try (SpeakerPort speaker = speakers.open()) {
            assertThat(Scene.status(speaker.pid(), "Uid"))
                    .startsWith(scene.runtime.runAs().uid() + "\t");
            assertThat(Scene.status(speaker.pid(), "CapEff")).isEqualTo("0000000000000000");
            Path home = Path.of(speaker.server().substring("unix:".length()))
                    .getParent()
                    .getParent();
            assertThat(Files.getAttribute(home, "unix:mode")).isEqualTo(0040700);
        }
    }

    @Test
    void leavesNothingAfterTwentyRounds() throws Exception {
        for (int round = 0; round < 20; round++) {
            SpeakerPort speaker = speakers.open();
            assertThat(scene.marked()).contains(speaker.pid());
            speaker.close();
            speaker.close();
        }
        scene.assertNothingLeft();
    }

    @Test
    void noticesWithinASecondThatItWasKilled() throws Exception {
        SpeakerPort speaker = speakers.open();
        ProcessHandle.of(speaker.pid()).orElseThrow().destroyForcibly();
        assertThat(speaker.ended().toCompletableFuture().get(1, TimeUnit.SECONDS))
                .isNull();
        speaker.close();
        scene.assertNothingLeft();
    }
}
