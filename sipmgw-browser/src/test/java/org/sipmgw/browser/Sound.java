package org.sipmgw.browser;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.sipmgw.spi.SpeakerPort;

/** What a speaker plays. */
final class Sound {
    private static final int RATE = 8000;
    private static final int BLOCK = 800;
    private static final int BLOCKS = RATE / BLOCK;

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
            double tone = 0;
            double power = 1e-9;
            // in short blocks: the clocks of sender and sink differ, so that a long one would not stay in phase
            for (int block = 0; block < BLOCKS; block++) {
                double real = 0;
                double imaginary = 0;
                for (int i = 0; i < BLOCK; i++) {
                    double sample = samples.getShort() / 32768.0;
                    double angle = 2 * Math.PI * frequencyHz * i / RATE;
                    real += sample * Math.cos(angle);
                    imaginary += sample * Math.sin(angle);
                    power += sample * sample;
                }
                tone += 2 * (real * real + imaginary * imaginary) / BLOCK;
            }
            return tone / power;
        } finally {
            parec.destroyForcibly();
        }
    }
}
