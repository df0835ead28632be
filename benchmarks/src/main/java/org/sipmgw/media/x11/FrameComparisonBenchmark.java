package org.sipmgw.media.x11;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** Is a grabbed 720p frame (3.7 MB) the one before? Against copying it, which any other way to keep it costs. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class FrameComparisonBenchmark {

    private static final int BYTES = 1280 * 720 * DisplayDevice.PIXEL_BYTES;

    private final ByteBuffer before = ByteBuffer.allocateDirect(BYTES);
    private final ByteBuffer still = ByteBuffer.allocateDirect(BYTES);
    private final ByteBuffer moved = ByteBuffer.allocateDirect(BYTES);
    private final ByteBuffer copy = ByteBuffer.allocateDirect(BYTES);
    private final long beforeAddress = FrameComparison.address(before);
    private final long stillAddress = FrameComparison.address(still);
    private final long movedAddress = FrameComparison.address(moved);

    @Setup
    public void draw() {
        for (int i = 0; i < BYTES; i++) {
            byte value = (byte) (i * 31 ^ i >> 9);
            before.put(i, value);
            still.put(i, value);
            moved.put(i, value);
            copy.put(i, value);
        }
        // a mouth in the middle of the picture moves
        moved.put(BYTES / 2, (byte) ~moved.get(BYTES / 2));
    }

    /** Nothing changed: both frames are read whole. */
    @Benchmark
    public boolean stillFrame() {
        return FrameComparison.same(beforeAddress, stillAddress, BYTES);
    }

    /** The middle changed: half of both frames is read. */
    @Benchmark
    public boolean movedFrame() {
        return FrameComparison.same(beforeAddress, movedAddress, BYTES);
    }

    /** The same bytes copied. */
    @Benchmark
    public ByteBuffer yardstickCopy() {
        return copy.put(0, still, 0, BYTES);
    }
}
