package org.sipmgw.media.gst;

import java.util.List;
import java.util.Locale;
import org.sipmgw.sdp.RtpCodec;

/**
 * RTP packets of one stream in, sound out: 16-bit samples, mono, 48 kHz. {@link #packet} may be called from
 * any thread; the listener is called on a thread of the decoder. A call has one only where keys are heard in sound.
 */
public final class RtpAudioDecoder implements AutoCloseable {

    /** Takes sound. */
    @FunctionalInterface
    public interface SoundListener {
        /**
         * Takes some milliseconds of sound.
         *
         * @param samples mono, 48 kHz; overwritten after this returns
         * @param count how many of them are valid
         * @param rtpTimestamp that the first of them had, in ticks of the codec's clock
         */
        void sound(short[] samples, int count, int rtpTimestamp);
    }

    private final SoundListener listener;
    private final RtpDecoding decoding;
    private short[] samples = new short[0];

    /**
     * @param codec opus, G722, PCMU or PCMA
     * @param listener takes the sound
     * @throws org.sipmgw.spi.DeviceException when a decoder is not installed
     */
    public RtpAudioDecoder(RtpCodec codec, SoundListener listener) {
        this.listener = listener;
        List<GstElement> elements = elements(codec);
        String chain = elements.get(0).elementName() + " ! " + elements.get(1).elementName()
                + " ! audioconvert ! audioresample"
                + " ! audio/x-raw,format=S16LE,layout=interleaved,rate=48000,channels=1";
        decoding = new RtpDecoding("audio", codec, chain, elements, this::give);
    }

    /** Decodes what one RTP packet holds. */
    public void packet(byte[] buffer, int offset, int length) {
        decoding.packet(buffer, offset, length);
    }

    /** What stopped the decoder; empty while it works. */
    public String fault() {
        return decoding.fault();
    }

    @Override
    public void close() {
        decoding.close();
    }

    private void give(SampleOutput output) {
        byte[] data = output.data();
        int count = output.length() / 2;
        if (samples.length < count) {
            samples = new short[count];
        }
        for (int i = 0; i < count; i++) {
            samples[i] = (short) ((data[2 * i] & 0xff) | data[2 * i + 1] << 8);
        }
        listener.sound(samples, count, decoding.timestamp(output.ptsNs()));
    }

    private static List<GstElement> elements(RtpCodec codec) {
        return switch (codec.name().toUpperCase(Locale.ROOT)) {
            case "OPUS" -> List.of(GstElement.RTPOPUSDEPAY, GstElement.OPUSDEC);
            case "G722" -> List.of(GstElement.RTPG722DEPAY, GstElement.G722DEC);
            case "PCMU" -> List.of(GstElement.RTPPCMUDEPAY, GstElement.MULAWDEC);
            case "PCMA" -> List.of(GstElement.RTPPCMADEPAY, GstElement.ALAWDEC);
            default -> throw new IllegalArgumentException("audio codec " + codec.name());
        };
    }
}
