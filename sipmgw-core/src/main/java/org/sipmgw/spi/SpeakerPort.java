package org.sipmgw.spi;

import java.util.Map;
import java.util.concurrent.CompletionStage;

/** A virtual audio sink of one browser. Closing ends it; closing twice is allowed. */
public interface SpeakerPort extends AutoCloseable {

    /** The PulseAudio server address, for example {@code unix:/run/…/native}. */
    String server();

    /** The source that carries what is played, for example {@code speaker.monitor}. */
    String monitor();

    /** What a process needs in its environment to play here ({@code PULSE_SERVER}, {@code PULSE_SINK} …). */
    Map<String, String> environment();

    /** Process id of the sound server, for accounting. */
    long pid();

    /** Completes when the sink has ended, by {@link #close()} or by itself. */
    CompletionStage<Void> ended();

    @Override
    void close();

    /** Opens sinks. Thread-safe; {@link #open} blocks up to a few seconds. */
    interface Provider {
        /**
         * Opens a stereo sink at 48 kHz.
         *
         * @throws DeviceException when it cannot be started
         */
        SpeakerPort open();

        /**
         * As above, for a browser that records from {@code microphone}: the sound server hands that on under its label.
         *
         * @throws DeviceException when that cannot be
         */
        default SpeakerPort open(MicrophonePort microphone) {
            throw new DeviceException("sound", "open", "this speaker hands on no microphone");
        }
    }
}
