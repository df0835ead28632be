package org.sipmgw.devices.kernel;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;

/** What a request to a device costs from Java beyond what it costs from C: a file is asked how many bytes are left in it. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class IoctlBenchmark {
    private static final int CALLS = 1000;
    /** Of asm-generic/ioctls.h; older than the numbers that hold a size. */
    private static final Ioctl FIONREAD = new Ioctl("FIONREAD", 0x541b);

    private final KernelCalls kernel = KernelCalls.running();
    private final Structure answer = new Structure(Integer.BYTES);
    private int fd;

    @Setup
    public void open() throws IOException, InterruptedException {
        CompiledCNative.compile();
        fd = kernel.open("/proc/self/exe", KernelCalls.READ_ONLY | KernelCalls.NON_BLOCKING);
        if (fd < 0) {
            throw new IOException("no file to ask: " + Errno.text(-fd));
        }
    }

    @TearDown
    public void close() {
        kernel.close(fd);
    }

    @Benchmark
    public int fromJava() {
        return kernel.ioctl(fd, FIONREAD.number(), answer.address());
    }

    @Benchmark
    @OperationsPerInvocation(CALLS)
    public long yardstickC() {
        return CompiledCNative.calls(fd, FIONREAD.number(), answer.address(), CALLS);
    }
}
