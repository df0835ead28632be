package org.sipmgw.devices;

import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CompletionStage;
import org.sipmgw.process.ChildProcess;
import org.sipmgw.spi.SpeakerPort;

/** One PulseAudio daemon. */
final class PulseSpeaker implements SpeakerPort {
    private final ChildProcess pulse;
    private final String server;

    PulseSpeaker(ChildProcess pulse, Path socket) {
        this.pulse = pulse;
        this.server = "unix:" + socket;
    }

    @Override
    public String server() {
        return server;
    }

    @Override
    public String monitor() {
        return PulseSpeakers.SINK + ".monitor";
    }

    @Override
    public Map<String, String> environment() {
        return Map.of("PULSE_SERVER", server, "PULSE_SINK", PulseSpeakers.SINK);
    }

    @Override
    public long pid() {
        return pulse.pid();
    }

    @Override
    public CompletionStage<Void> ended() {
        return pulse.onExit().thenAccept(code -> {});
    }

    @Override
    public void close() {
        pulse.close();
    }
}
