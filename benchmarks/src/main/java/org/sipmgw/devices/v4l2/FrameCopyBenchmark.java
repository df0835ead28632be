package org.sipmgw.devices.v4l2;

import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.sipmgw.devices.kernel.Structure;

/**
 * A decoded I420 frame goes into a camera's buffer: rows without gaps at once, rows with gaps one by one. Against memcpy of the
 * same bytes.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class FrameCopyBenchmark {
    private static final int GAP = 64;

    @Param({"360", "720", "1080"})
    private int height;

    private FrameLayout tight = FrameLayout.tight(PixelFormat.YU12, 2, 2);
    private FrameLayout padded = tight;
    private Structure camera = new Structure(1);
    private Structure decoded = camera;
    private ByteBuffer target = camera.bytes();
    private ByteBuffer source = target;
    private int bytes;

    @Setup
    public void draw() {
        int width = height * 16 / 9;
        tight = FrameLayout.tight(PixelFormat.YU12, width, height);
        padded = FrameLayout.strided(PixelFormat.YU12, width, height, width + GAP);
        bytes = tight.bytes();
        camera = new Structure(bytes);
        decoded = new Structure(padded.bytes());
        target = camera.bytes();
        source = decoded.bytes();
        for (int i = 0; i < source.capacity(); i++) {
            source.put(i, (byte) (i * 31 ^ i >> 9));
        }
    }

    @Benchmark
    public ByteBuffer withoutGaps() {
        tight.copy(source, 0, tight, target);
        return target;
    }

    @Benchmark
    public ByteBuffer withGaps() {
        padded.copy(source, 0, tight, target);
        return target;
    }

    @Benchmark
    public long yardstickMemcpy() {
        return MemoryNative.memcpy(camera.address(), decoded.address(), bytes);
    }
}
