package org.sipmgw.media.x11;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
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
import org.sipmgw.devices.XvfbDisplays;
import org.sipmgw.process.RunAs;
import org.sipmgw.process.RuntimeDirectory;
import org.sipmgw.spi.DisplayPort;

/**
 * A 720p frame (3.7 MB) from an Xvfb to where it is encoded, which the X server writes there itself, against copying the
 * same bytes once. The time is that of both processes, one waiting for the other; the bytes allocated are those of all
 * threads, also of the ones that watch the Xvfb, and so the copy shows them too.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class GrabBenchmark {

    private static final int BYTES = 1280 * 720 * DisplayDevice.PIXEL_BYTES;

    private final AtomicInteger live = new AtomicInteger();
    private final ByteBuffer from = ByteBuffer.allocateDirect(BYTES);
    private final ByteBuffer to = ByteBuffer.allocateDirect(BYTES);
    private RuntimeDirectory runtime;
    private DisplayPort display;
    private DisplayDevice device;
    private SharedMemory memory;

    @Setup
    public void open() {
        runtime = RuntimeDirectory.open(RunAs.ordinaryUser());
        display = XvfbDisplays.builder(runtime).build().open(1280, 720);
        device = new DisplayDevice(
                display.name(),
                Optional.ofNullable(display.environment().get("XAUTHORITY")).map(Path::of),
                live);
        memory = new SharedMemory(BYTES, live);
        device.attach(memory);
    }

    @Benchmark
    public boolean grab() {
        return device.grab(0);
    }

    /** The same bytes copied once. */
    @Benchmark
    public ByteBuffer yardstickCopy() {
        return to.put(0, from, 0, BYTES);
    }

    @TearDown
    public void close() {
        device.close();
        memory.close();
        display.close();
        runtime.close();
        if (live.get() != 0) {
            throw new IllegalStateException(live + " native objects are left");
        }
    }
}
