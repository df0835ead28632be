package org.sipmgw.media.gst;

/**
 * The entrance of a pipeline for packets, which get the time of their arrival. Used by one thread at a time; allocates
 * nothing in Java. Lives as long as its {@link MediaPipeline}.
 */
public final class PacketInput {

    private final FrameInput input;
    private final CopyArea area = new CopyArea(2048);

    PacketInput(long source) {
        this.input = new FrameInput(source);
    }

    /** Hands over a copy; false when the pipeline no longer takes any. */
    public boolean push(byte[] packet, int offset, int length) {
        return input.push(packet, offset, length, GstBuffers.CLOCK_TIME_NONE, area);
    }

    void free() {
        area.free();
    }
}
