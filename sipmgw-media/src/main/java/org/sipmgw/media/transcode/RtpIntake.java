package org.sipmgw.media.transcode;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;
import org.sipmgw.media.gst.GstElement;
import org.sipmgw.media.gst.GstRuntime;
import org.sipmgw.media.gst.MediaPipeline;
import org.sipmgw.media.gst.PacketInput;
import org.sipmgw.media.gst.PipelineReader;

/**
 * What transcoder and decoders share: packets go in at one end, put into order and decoded by GStreamer's threads, and one
 * thread takes out what comes at the other. Packets may come from any thread, and in any order within the wait.
 */
final class RtpIntake implements AutoCloseable {

    /** How long a missing packet is waited for. */
    private static final int REORDER_MS = 60;

    private static final int HEADER_BYTES = 12;
    /** Some seconds of a picture; what comes beyond that is lost. */
    private static final int MOST_QUEUED_BYTES = 4_000_000;

    private final MediaPipeline pipeline;
    private final PacketInput input;
    private final AtomicReference<String> fault = new AtomicReference<>("");
    private final AtomicInteger live = new AtomicInteger();
    private final List<GstElement> elements;
    private final int payloadType;
    private @Nullable PipelineReader reader;

    /** @param payloadType of the packets; others are not taken */
    RtpIntake(int payloadType, DecodeChain chain, String then, List<GstElement> more) {
        this.payloadType = payloadType;
        List<GstElement> all = new ArrayList<>(chain.elements());
        all.add(GstElement.RTPJITTERBUFFER);
        all.addAll(more);
        elements = List.copyOf(all);
        String description = "appsrc name=in is-live=true do-timestamp=true format=time block=false leaky-type=upstream"
                + " max-bytes=" + MOST_QUEUED_BYTES
                + " ! rtpjitterbuffer do-lost=true latency=" + REORDER_MS
                + " ! " + chain.description() + " ! " + then;
        pipeline = GstRuntime.load().pipeline(description, elements, live, fault::set);
        pipeline.caps("in", chain.caps());
        input = pipeline.packets("in");
    }

    MediaPipeline pipeline() {
        return pipeline;
    }

    /** The elements whose choice depends on the machine. */
    List<String> elements() {
        return elements.stream().map(GstElement::elementName).toList();
    }

    /** Once, before the first packet. */
    void start(String name, PipelineReader.Taker taker) {
        reader = PipelineReader.start(pipeline, name, taker);
    }

    /** One packet; false when it was not taken: it is none of this stream, or the end has come. */
    boolean packet(byte[] buffer, int offset, int length) {
        // one of another payload type would unsettle the stream as GStreamer sees it
        boolean fits =
                length > HEADER_BYTES && (buffer[offset] & 0xc0) == 0x80 && (buffer[offset + 1] & 0x7f) == payloadType;
        PipelineReader open = reader;
        if (!fits || open == null) {
            return false;
        }
        // its end waits for this, and this comes to nothing after its end
        synchronized (open) {
            return open.running() && input.push(buffer, offset, length);
        }
    }

    boolean running() {
        return reader != null && reader.running();
    }

    /** What stopped it; empty while it works. */
    String fault() {
        return Objects.requireNonNullElse(fault.get(), "");
    }

    /** Native objects that are held. */
    int nativeObjects() {
        return live.get();
    }

    @Override
    public void close() {
        if (reader != null) {
            reader.close();
        }
    }
}
