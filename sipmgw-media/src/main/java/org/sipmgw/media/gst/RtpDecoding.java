package org.sipmgw.media.gst;

import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;
import org.sipmgw.sdp.RtpCodec;

/** What both decoders share: packets in at one end, a thread that takes samples out at the other. */
final class RtpDecoding implements AutoCloseable {

    private static final long PULL_NS = TimeUnit.MILLISECONDS.toNanos(100);

    private final PipelineReader reader;
    private final FrameInput input;
    private final CopyArea area = new CopyArea(2048);
    private final MediaClock clock;
    private final AtomicReference<String> fault = new AtomicReference<>("");

    /**
     * @param media "video" or "audio"
     * @param chain depayloader, decoder and what follows, up to the sink
     */
    RtpDecoding(
            String media, RtpCodec codec, String chain, List<GstElement> elements, Consumer<SampleOutput> listener) {
        clock = new MediaClock(codec.clockRateHz());
        String caps = String.format(
                Locale.ROOT,
                "application/x-rtp,media=%s,clock-rate=%d,encoding-name=%s,payload=%d",
                media,
                codec.clockRateHz(),
                codec.name().toUpperCase(Locale.ROOT),
                codec.payloadType());
        String description = "appsrc name=in format=time block=false max-bytes=0 caps=" + caps + " ! " + chain
                + " ! appsink name=out sync=false async=false enable-last-sample=false max-buffers=64";
        MediaPipeline pipeline = GstRuntime.load().pipeline(description, elements, new AtomicInteger(), fault::set);
        input = pipeline.input("in");
        SampleOutput output = pipeline.samples("out");
        reader = PipelineReader.start(pipeline, "decode-" + media, () -> {
            if (output.pull(PULL_NS) > 0) {
                listener.accept(output);
            }
        });
    }

    void packet(byte[] buffer, int offset, int length) {
        int timestamp = (buffer[offset + 4] & 0xff) << 24
                | (buffer[offset + 5] & 0xff) << 16
                | (buffer[offset + 6] & 0xff) << 8
                | (buffer[offset + 7] & 0xff);
        // its end waits for this
        synchronized (reader) {
            if (!reader.running()) {
                throw new IllegalStateException("decoder is closed");
            }
            input.push(buffer, offset, length, clock.timeNs(timestamp), area);
        }
    }

    int timestamp(long timeNs) {
        return clock.timestamp(timeNs);
    }

    /** What stopped the decoder; empty while it works. */
    String fault() {
        return Objects.requireNonNullElse(fault.get(), "");
    }

    @Override
    public synchronized void close() {
        if (reader.running()) {
            reader.close();
            area.free();
        }
    }
}
