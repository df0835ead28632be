package org.sipmgw.browser;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.sipmgw.process.ChildProcess;
import org.sipmgw.process.RuntimeDirectory;
import org.sipmgw.spi.DisplayPort;
import org.sipmgw.spi.SpeakerPort;

/** Real displays and sinks for tests of this module, which does not see the devices module. */
final class TestDevices {
    private TestDevices() {}

    static DisplayPort.Provider displays(RuntimeDirectory runtime) {
        return (width, height) -> {
            CompletableFuture<String> number = new CompletableFuture<>();
            ChildProcess xvfb = ChildProcess.builder(
                            runtime,
                            "xvfb",
                            List.of(
                                    "Xvfb",
                                    "-displayfd",
                                    "1",
                                    "-screen",
                                    "0",
                                    width + "x" + height + "x24",
                                    "-nolisten",
                                    "tcp",
                                    "-nocursor",
                                    "-noreset"))
                    .onLine(line -> {
                        if (line.matches("\\d+")) {
                            number.complete(line);
                        }
                    })
                    .start();
            return new TestDisplay(xvfb, ":" + within(number, 10), width, height);
        };
    }

    static SpeakerPort.Provider speakers(RuntimeDirectory runtime) {
        return () -> {
            ChildProcess pulse = ChildProcess.builder(
                            runtime,
                            "pulse",
                            List.of(
                                    "pulseaudio",
                                    "-n",
                                    "--daemonize=no",
                                    "--exit-idle-time=-1",
                                    "--use-pid-file=no",
                                    "-L",
                                    "module-native-protocol-unix auth-anonymous=1",
                                    "-L",
                                    "module-null-sink sink_name=speaker rate=48000"))
                    .start();
            Path socket = pulse.home().resolve("pulse/native");
            for (int i = 0; !Files.exists(socket) && i < 100; i++) {
                sleep(50);
            }
            return new TestSpeaker(pulse, "unix:" + socket);
        };
    }

    private static <T> T within(CompletableFuture<T> future, long seconds) {
        try {
            return future.get(seconds, TimeUnit.SECONDS);
        } catch (InterruptedException | ExecutionException | TimeoutException e) {
            throw new IllegalStateException(e);
        }
    }

    static void sleep(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private record TestDisplay(ChildProcess process, String name, int width, int height) implements DisplayPort {
        @Override
        public Map<String, String> environment() {
            return Map.of("DISPLAY", name);
        }

        @Override
        public long pid() {
            return process.pid();
        }

        @Override
        public CompletionStage<Void> ended() {
            return process.onExit().thenAccept(code -> {});
        }

        @Override
        public void close() {
            process.close();
        }
    }

    private record TestSpeaker(ChildProcess process, String server) implements SpeakerPort {
        @Override
        public String monitor() {
            return "speaker.monitor";
        }

        @Override
        public Map<String, String> environment() {
            return Map.of("PULSE_SERVER", server, "PULSE_SINK", "speaker");
        }

        @Override
        public long pid() {
            return process.pid();
        }

        @Override
        public CompletionStage<Void> ended() {
            return process.onExit().thenAccept(code -> {});
        }

        @Override
        public void close() {
            process.close();
        }
    }
}
