package org.sipmgw.media.gst;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** A grabbed 720p frame (3.7 MB) from Java into a pipeline that takes it, against copying the frame. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class FrameHandoverBenchmark {

    private static final int BYTES = 1280 * 720 * 4;
    private static final int SLOTS = 4;

    private final AtomicInteger live = new AtomicInteger();
    private final ByteBuffer from = ByteBuffer.allocateDirect(BYTES);
    private final ByteBuffer to = ByteBuffer.allocateDirect(BYTES);
    private Memory memory = new Memory((long) BYTES * SLOTS);
    private FrameBuffers frames;
    private MediaPipeline pipeline;
    private FrameInput input;
    private int slot;

    @Setup
    public void start() {
        GstRuntime gst = GstRuntime.load();
        frames = new FrameBuffers(Pointer.nativeValue(memory), BYTES, SLOTS, live);
        pipeline = gst.pipeline(
                "appsrc name=frames is-live=true format=time block=false max-buffers=0 max-bytes=0"
                        + " caps=video/x-raw,format=BGRx,width=1280,height=720,framerate=30/1"
                        + " ! fakesink sync=false async=false enable-last-sample=false",
                List.of(GstElement.APPSRC),
                live,
                detail -> {
                    throw new IllegalStateException(detail);
                });
        input = pipeline.input("frames");
        pipeline.start();
    }

    /** By reference: as soon as the pipeline has let go of the slot, the next frame goes into it. */
    @Benchmark
    public boolean handOver() {
        slot = (slot + 1) % SLOTS;
        while (!frames.free(slot)) {
            Thread.onSpinWait();
        }
        return input.push(frames, slot, 0, 0);
    }

    /** The same bytes copied once. */
    @Benchmark
    public ByteBuffer yardstickCopy() {
        return to.put(0, from, 0, BYTES);
    }

    @TearDown
    public void stop() {
        pipeline.close();
        frames.close();
        memory.close();
        if (live.get() != 0) {
            throw new IllegalStateException(live + " native objects are left");
        }
    }
}
