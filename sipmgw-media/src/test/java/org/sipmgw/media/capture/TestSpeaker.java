package org.sipmgw.media.capture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sipmgw.spi.SpeakerPort;

/** A real PulseAudio server of the test's own, with one null sink. */
final class TestSpeaker implements SpeakerPort {
    private final Path directory;
    private final Path socket;
    private final TestProcess server;

    TestSpeaker() throws IOException {
        directory = Files.createTempDirectory("speaker");
        socket = directory.resolve("native");
        server = new TestProcess(
                directory.resolve("log"),
                Map.of("HOME", directory.toString(), "XDG_RUNTIME_DIR", directory.toString()),
                List.of(
                        "pulseaudio",
                        "-n",
                        "--daemonize=no",
                        "--exit-idle-time=-1",
                        "--use-pid-file=no",
                        "--disable-shm=yes",
                        "-L",
                        "module-native-protocol-unix auth-anonymous=1 socket=" + socket,
                        "-L",
                        "module-null-sink sink_name=speaker rate=48000 channels=2"));
        Await.until("the sound server", 10_000, () -> Files.exists(socket));
        Await.sleep(200);
    }

    @Override
    public String server() {
        return "unix:" + socket;
    }

    TestProcess process() {
        return server;
    }

    /** Plays what a GStreamer source makes until the returned process is closed. */
    TestProcess play(String source) {
        return new TestProcess(
                directory.resolve("play.log"),
                environment(),
                List.of("sh", "-c", "exec gst-launch-1.0 -q " + source + " ! audioconvert ! pulsesink"));
    }

    @Override
    public String monitor() {
        return "speaker.monitor";
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("PULSE_SERVER", server(), "PULSE_SINK", "speaker");
    }

    @Override
    public long pid() {
        return server.process().pid();
    }

    @Override
    public CompletionStage<Void> ended() {
        return CompletableFuture.allOf(server.process().onExit());
    }

    @Override
    public void close() {
        server.process().destroy();
        server.waitFor();
        server.close();
        TestFiles.delete(directory);
    }
}
