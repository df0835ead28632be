package org.sipmgw;

import static org.assertj.core.api.Assertions.assertThat;

import java.lang.management.ManagementFactory;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.LongAdder;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipmgw.admission.AdmissionRules;
import org.sipmgw.admission.RateLimit;
import org.sipmgw.fakes.FaultLadder;
import org.sipmgw.fakes.TestGateway;

/** Many calls a second by SIPp, INVITE to BYE, without media and without browsers: none fails and nothing is kept. */
@Tag("load")
class LoadIT {
    private static final System.Logger LOG = System.getLogger(LoadIT.class.getName());
    private static final long LINGER_MS = 36_000;
    private static final long MEGABYTE = 1 << 20;

    @TempDir
    private Path directory;

    private static final class Counting implements CallListener {
        final Map<EndReason.Cause, LongAdder> ends = new ConcurrentHashMap<>();

        @Override
        public void onEnded(Call call, EndReason reason) {
            ends.computeIfAbsent(reason.cause(), cause -> new LongAdder()).increment();
        }

        long total() {
            return ends.values().stream().mapToLong(LongAdder::sum).sum();
        }
    }

    private final Counting counting = new Counting();

    private TestGateway gateway() {
        RateLimit unbounded = new RateLimit(100_000, 100_000);
        TestGateway gateway = new TestGateway(
                GatewayConfig.defaults().withMaxCalls(1000),
                "127.0.0.1",
                new FaultLadder(0),
                builder -> builder.listener(counting)
                        .admission(AdmissionRules.defaults().withRates(unbounded, unbounded)));
        gateway.joiner.remembers = false;
        gateway.engine.remembers = false;
        return gateway;
    }

    private void load(TestGateway gateway, int calls, int perSecond) throws Exception {
        long startNs = System.nanoTime();
        long startCpuNs = cpuNs();
        new Sipp(directory)
                .run(
                        "load",
                        "127.0.0.1:" + gateway.address(Transport.UDP).getPort(),
                        120 + calls / perSecond,
                        "-s",
                        "room42",
                        "-m",
                        String.valueOf(calls),
                        "-r",
                        String.valueOf(perSecond),
                        // the gateway is still closing calls that SIPp has done with, and a thousand is its most
                        "-l",
                        "300");
        double seconds = (System.nanoTime() - startNs) / 1e9;
        awaitEmpty(gateway, calls);
        LOG.log(
                System.Logger.Level.INFO,
                String.format(
                        "%d calls in %.1f s: %.0f a second, %.2f ms CPU each, heap %d MB, ends %s",
                        calls,
                        seconds,
                        calls / seconds,
                        (cpuNs() - startCpuNs) / 1e6 / calls,
                        heapMb(),
                        counting.ends));
    }

    private void awaitEmpty(TestGateway gateway, long calls) throws InterruptedException {
        long deadline = System.nanoTime() + Duration.ofSeconds(20).toNanos();
        while ((counting.total() < calls || !gateway.gateway.calls().isEmpty()) && System.nanoTime() < deadline) {
            Thread.sleep(20);
        }
        gateway.assertEmpty();
    }

    @Test
    void failsNoneOfAThousandCallsInFiveSeconds() throws Exception {
        try (TestGateway gateway = gateway()) {
            load(gateway, 1000, 200);
            assertThat(counting.ends.keySet()).containsOnly(EndReason.Cause.ROOM_HUNG_UP);
            assertThat(counting.total()).isEqualTo(1000);
        }
    }

    @Test
    @Tag("long")
    void failsNoneOfAThousandCallsASecondForAMinuteAndKeepsNothing() throws Exception {
        try (TestGateway gateway = gateway()) {
            load(gateway, 5000, 500);
            Thread.sleep(LINGER_MS);
            long before = heapMb();
            load(gateway, 60_000, 1000);
            Thread.sleep(LINGER_MS);
            long after = heapMb();
            LOG.log(System.Logger.Level.INFO, "heap before " + before + " MB, after " + after + " MB");
            assertThat(counting.ends.keySet()).containsOnly(EndReason.Cause.ROOM_HUNG_UP);
            assertThat(counting.total()).isEqualTo(65_000);
            assertThat(after).as("heap in MB").isLessThan(before + 30);
        }
    }

    private static long heapMb() {
        System.gc();
        return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed() / MEGABYTE;
    }

    private static long cpuNs() {
        return ((com.sun.management.OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean())
                .getProcessCpuTime();
    }
}
