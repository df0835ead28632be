package org.sipmgw.browser;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.sipmgw.spi.SpeakerPort;

/** What a speaker plays. */
final class Sound {
    private static final int RATE = 8000;

    private Sound() {}

    /** How much of one second's sound is a tone of this frequency: 0 (nothing) to 1 (everything). */
    static double level(SpeakerPort speaker, double frequencyHz) throws IOException {
        ProcessBuilder builder = new ProcessBuilder(
                "parec", "--device=" + speaker.monitor(), "--rate=" + RATE, "--channels=1", "--format=s16le", "--raw");
        builder.environment().put("PULSE_SERVER", speaker.server());
        Process parec = builder.redirectError(ProcessBuilder.Redirect.DISCARD).start();
        try {
            parec.getInputStream().readNBytes(RATE); // half a second to begin with
            ByteBuffer samples = ByteBuffer.wrap(parec.getInputStream().readNBytes(2 * RATE));
            samples.order(ByteOrder.LITTLE_ENDIAN);
            double real = 0;
            double imaginary = 0;
            double power = 1e-9;
            int n = samples.remaining() / 2;
            for (int i = 0; i < n; i++) {
                double sample = samples.getShort() / 32768.0;
                double angle = 2 * Math.PI * frequencyHz * i / RATE;
                real += sample * Math.cos(angle);
                imaginary += sample * Math.sin(angle);
                power += sample * sample;
            }
            return 2 * (real * real + imaginary * imaginary) / n / power;
        } finally {
            parec.destroyForcibly();
        }
    }
}
