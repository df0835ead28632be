package org.sipmgw.devices;

import java.io.IOException;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.sipmgw.process.ChildProcess;
import org.sipmgw.process.RuntimeDirectory;
import org.sipmgw.spi.ConfigException;
import org.sipmgw.spi.DeviceException;
import org.sipmgw.spi.MicrophonePort;
import org.sipmgw.spi.SpeakerPort;

/**
 * Opens virtual audio sinks, each in a PulseAudio daemon of its own, run as the ordinary user (PulseAudio refuses root):
 * one null sink, 48 kHz stereo, reachable by a unix socket in a directory that only this user and root can enter. There is
 * no microphone but the card that is asked for, no other device of the machine, no D-Bus, no autospawn, and clients cannot load modules. Thread-safe. Sinks that
 * are still open end with the runtime directory.
 */
public final class PulseSpeakers implements SpeakerPort.Provider {
    static final int RATE_HZ = 48_000;
    static final int CHANNELS = 2;
    static final String SINK = "speaker";
    static final String SOURCE = "microphone";
    static final String REMEDY = "install the Debian package pulseaudio";
    /** sun_path of unix(7) without its final zero. */
    private static final int MAX_SOCKET_PATH = 107;

    private final RuntimeDirectory runtime;
    private final String program;
    private final Duration startTimeout;

    private PulseSpeakers(Builder from) {
        this.runtime = from.runtime;
        this.program = from.program;
        this.startTimeout = from.startTimeout;
    }

    /** Prepares a provider whose sinks live in {@code runtime}. */
    public static Builder builder(RuntimeDirectory runtime) {
        return new Builder(runtime);
    }

    @Override
    public SpeakerPort open() {
        return open(command());
    }

    /** The browser sees one microphone, under its label; the daemon's user must be allowed to record from its card. */
    @Override
    public SpeakerPort open(MicrophonePort microphone) {
        List<String> command = new ArrayList<>(command());
        // fragments of 10 ms, and no timer: the loopback's own is as good
        command.add("--load=module-alsa-source device=\"" + microphone.recorded() + "\" source_name=" + SOURCE
                + " format=s16le rate=" + RATE_HZ + " channels=" + CHANNELS
                + " tsched=0 fragments=8 fragment_size=1920 source_properties=\"device.description='"
                + microphone.label().replaceAll("[^A-Za-z0-9 _.()-]", " ") + "'\"");
        return open(command);
    }

    private SpeakerPort open(List<String> command) {
        ChildProcess pulse =
                ChildProcess.builder(runtime, "pulse", command).remedy(REMEDY).start();
        try {
            Path socket = pulse.home().resolve("pulse").resolve("native");
            awaitReady(pulse, socket);
            return new PulseSpeaker(pulse, socket);
        } catch (RuntimeException e) {
            pulse.close();
            throw e;
        }
    }

    /**
     * The sink is made before the socket: who can connect will find it. Without norewinds (PulseAudio 15) an idle sink sleeps
     * up to 2 s, and the first sound comes that late.
     */
    List<String> command() {
        return List.of(
                program,
                "-n",
                "--daemonize=no",
                "--fail=yes",
                "--use-pid-file=no",
                "--exit-idle-time=-1",
                "--realtime=no",
                "--high-priority=no",
                "--disable-shm=yes",
                "--disallow-exit=yes",
                "--disallow-module-loading=yes",
                "--log-target=stderr",
                "--log-level=warn",
                "--load=module-null-sink sink_name=" + SINK + " format=s16le rate=" + RATE_HZ + " channels=" + CHANNELS
                        + " channel_map=stereo norewinds=1",
                // who may connect is decided by the directory: a cookie would have to be handed to each client
                "--load=module-native-protocol-unix auth-anonymous=1 auth-cookie-enabled=0");
    }

    private void awaitReady(ChildProcess pulse, Path socket) {
        if (socket.toString().length() > MAX_SOCKET_PATH) {
            throw new DeviceException(
                    "pulse",
                    "start",
                    socket + " is longer than a unix socket's path may be (" + MAX_SOCKET_PATH
                            + "); use a shorter runtime directory");
        }
        long endNs = System.nanoTime() + startTimeout.toNanos();
        try {
            while (!accepts(socket)) {
                if (!pulse.alive() || System.nanoTime() > endNs) {
                    throw pulse.failure("start", "no answer at " + socket + "; " + REMEDY);
                }
                TimeUnit.MILLISECONDS.sleep(10);
            }
            long leftMs = Math.max(1, (endNs - System.nanoTime()) / 1_000_000);
            PulseDevice.probe("unix:" + socket, SINK + ".monitor", leftMs);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new DeviceException("pulse", "start", "interrupted", e);
        }
    }

    private static boolean accepts(Path socket) {
        try (SocketChannel channel = SocketChannel.open(UnixDomainSocketAddress.of(socket))) {
            return channel.isConnected();
        } catch (IOException notYet) {
            return false;
        }
    }

    /** How sinks are opened. */
    public static final class Builder {
        private final RuntimeDirectory runtime;
        private String program = "pulseaudio";
        private Duration startTimeout = Duration.ofSeconds(10);

        private Builder(RuntimeDirectory runtime) {
            this.runtime = runtime;
        }

        /** The program, by name or path; {@code pulseaudio} where not given. */
        public Builder program(String nameOrPath) {
            this.program = nameOrPath;
            return this;
        }

        /** How long a sink may take to be ready; 10 s where not given. */
        public Builder startTimeout(Duration timeout) {
            this.startTimeout = timeout;
            return this;
        }

        /**
         * Checks everything.
         *
         * @throws ConfigException when a value is not allowed
         */
        public PulseSpeakers build() {
            Limits.startTimeout("speaker.startTimeout", startTimeout);
            return new PulseSpeakers(this);
        }
    }
}
