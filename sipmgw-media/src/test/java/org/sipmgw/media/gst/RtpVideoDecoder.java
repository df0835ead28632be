package org.sipmgw.media.gst;

import java.util.List;
import java.util.function.Consumer;
import org.sipmgw.sdp.RtpCodec;

/**
 * RTP packets of one stream in, decoded pictures out. Packets are expected in order; after a loss pictures
 * are damaged until the next key frame, as in a plain receiver. {@link #packet} may be called from any thread; the
 * listener is called on a thread of the decoder.
 */
public final class RtpVideoDecoder implements AutoCloseable {

    private final Consumer<DecodedPicture> listener;
    private final RtpDecoding decoding;

    /**
     * @param codec H264 or VP8
     * @param listener takes each picture; the picture's bytes are overwritten after it returns
     * @throws org.sipmgw.spi.DeviceException when a decoder is not installed
     */
    public RtpVideoDecoder(RtpCodec codec, Consumer<DecodedPicture> listener) {
        this.listener = listener;
        String chain;
        List<GstElement> elements;
        if (codec.is("H264")) {
            chain = "rtph264depay ! avdec_h264 max-threads=1 output-corrupt=true";
            elements = List.of(GstElement.RTPH264DEPAY, GstElement.H264DEC);
        } else if (codec.is("VP8")) {
            chain = "rtpvp8depay ! vp8dec threads=1";
            elements = List.of(GstElement.RTPVP8DEPAY, GstElement.VP8DEC);
        } else {
            throw new IllegalArgumentException("video codec " + codec.name());
        }
        decoding = new RtpDecoding("video", codec, chain + " ! video/x-raw,format=I420", elements, this::give);
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
        listener.accept(new DecodedPicture(
                output.width(), output.height(), decoding.timestamp(output.ptsNs()), System.nanoTime(), output.data()));
    }
}
