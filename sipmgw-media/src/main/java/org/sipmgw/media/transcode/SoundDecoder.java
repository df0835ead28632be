package org.sipmgw.media.transcode;

import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.sipmgw.media.gst.GstElement;
import org.sipmgw.media.gst.SampleView;
import org.sipmgw.sdp.RtpCodec;
import org.sipmgw.spi.DeviceException;

/** RTP packets of sound in, samples out: 16 bits, little-endian, interleaved, 48 kHz. Thread-safe. */
public final class SoundDecoder extends RtpConsumer {

    private static final long PULL_NS = TimeUnit.MILLISECONDS.toNanos(100);

    /** Takes sound. */
    @FunctionalInterface
    public interface SoundSink {
        /**
         * Takes some milliseconds of sound, on a thread of the decoder, as soon as they are decoded.
         *
         * @param samples interleaved, where the decoder left them: valid until this returns
         * @param ptsNs when their packet came, nanoseconds since the decoder was opened
         */
        void sound(ByteBuffer samples, long ptsNs);
    }

    private SoundDecoder(RtpIntake intake) {
        super(intake);
    }

    /**
     * Opens one.
     *
     * @param codec opus, G722, PCMU, PCMA, MP4A-LATM, mpeg4-generic or SIREN
     * @param channels 1 or 2, whatever the room sends
     * @param sink takes the sound
     * @throws DeviceException when a plugin of GStreamer is missing, with its name and its Debian package
     */
    public static SoundDecoder open(RtpCodec codec, int channels, SoundSink sink) {
        RtpIntake intake = new RtpIntake(
                codec.payloadType(),
                DecodeChain.of(codec),
                "audioconvert ! audioresample ! audio/x-raw,format=S16LE,layout=interleaved,rate=48000,channels="
                        + channels
                        + " ! appsink name=out sync=false async=false enable-last-sample=false drop=true max-buffers=50",
                List.of(GstElement.AUDIOCONVERT, GstElement.AUDIORESAMPLE, GstElement.APPSINK));
        SampleView sound = intake.pipeline().view("out");
        intake.start("decode-sound", () -> {
            if (sound.pull(PULL_NS)) {
                try {
                    sink.sound(sound.data(), sound.ptsNs());
                } finally {
                    sound.release();
                }
            }
        });
        return new SoundDecoder(intake);
    }
}
