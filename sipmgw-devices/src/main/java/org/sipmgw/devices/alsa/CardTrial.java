package org.sipmgw.devices.alsa;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import org.sipmgw.spi.DeviceException;

/** Plays a tone on one device of a loopback card and listens to it on the other one, both ways. */
public final class CardTrial {
    private static final PcmFormat FORMAT = PcmFormat.s16(48_000, 2);
    private static final int LATENCY_MS = 300;
    private static final int TONE_FRAMES = 12_000;
    private static final int HERTZ = 1_000;
    private static final int AMPLITUDE = 12_000;
    private static final int MOST_READS = 100;

    private CardTrial() {}

    /**
     * Tries the last subdevice of a card, which nobody uses by chance; takes two seconds. A tone of a quarter of a
     * second, 1 kHz, is audible to whatever records there.
     *
     * @return what was heard
     * @throws DeviceException naming the call that failed, or that the tone did not come back as it was
     */
    public static String run(SoundCard card) {
        int subdevice = SoundCards.system().subdevices(card, 0) - 1;
        for (int device = 0; device <= 1; device++) {
            listen(card, device, subdevice);
        }
        return card.id() + " brings a tone from device 0 to 1 and from 1 to 0, sample for sample (" + FORMAT + ")";
    }

    private static void listen(SoundCard card, int device, int subdevice) {
        Pcm ear = Pcm.on(card, 1 - device).subdevice(subdevice).format(FORMAT).latencyMs(LATENCY_MS);
        Pcm mouth = Pcm.on(card, device).subdevice(subdevice).format(FORMAT).latencyMs(LATENCY_MS);
        ByteBuffer tone = tone();
        try (PcmCapture capture = ear.capture();
                PcmPlayback playback = mouth.playback()) {
            ByteBuffer heard = record(capture, playback, tone);
            if (!contains(heard, tone.rewind())) {
                throw new DeviceException(
                        capture.device(),
                        "read",
                        "the tone played on " + playback.device() + " did not come as it was");
            }
        }
    }

    private static ByteBuffer record(PcmCapture capture, PcmPlayback playback, ByteBuffer tone) {
        ByteBuffer heard = ByteBuffer.allocateDirect(TONE_FRAMES * 4 * FORMAT.frameBytes());
        int period = capture.periodFrames() * FORMAT.frameBytes();
        for (int i = 0; i < MOST_READS && heard.hasRemaining(); i++) {
            playback.offer(tone);
            ByteBuffer part = heard.slice(heard.position(), Math.min(heard.remaining(), period));
            if (capture.read(part) <= 0) {
                throw new DeviceException(capture.device(), "read", "no sound; " + capture.trouble());
            }
            heard.position(heard.position() + part.position());
        }
        return heard.flip();
    }

    /** Begins loud, so that its first sample is no silence. */
    private static ByteBuffer tone() {
        ByteBuffer tone =
                ByteBuffer.allocateDirect(TONE_FRAMES * FORMAT.frameBytes()).order(ByteOrder.LITTLE_ENDIAN);
        for (int i = 0; i < TONE_FRAMES; i++) {
            short sample = (short) Math.round(AMPLITUDE * Math.cos(2 * Math.PI * HERTZ * i / FORMAT.rateHz()));
            tone.putShort(sample).putShort(sample);
        }
        return tone.flip();
    }

    private static boolean contains(ByteBuffer heard, ByteBuffer tone) {
        int first = 0;
        while (first < heard.limit() && heard.get(first) == 0) {
            first++;
        }
        int start = first / FORMAT.frameBytes() * FORMAT.frameBytes();
        return heard.limit() - start >= tone.limit()
                && heard.slice(start, tone.limit()).mismatch(tone) == -1;
    }
}
