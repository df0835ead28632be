package org.sipmgw.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class WarmPoolTest {
    private static final WarmPool.Timing FAST = new WarmPool.Timing(20, 10, 40);

    private final ScheduledThreadPoolExecutor workers = new ScheduledThreadPoolExecutor(2);
    private final List<Fake> opened = new CopyOnWriteArrayList<>();
    private final AtomicInteger failuresToCome = new AtomicInteger();
    private final AtomicInteger attempts = new AtomicInteger();

    private static final class Fake implements WarmPool.Standby {
        final CompletableFuture<String> ended = new CompletableFuture<>();
        volatile boolean healthy = true;
        volatile boolean closed;

        @Override
        public boolean healthy() {
            return healthy;
        }

        @Override
        public CompletionStage<String> ended() {
            return ended;
        }

        @Override
        public void close() {
            closed = true;
        }
    }

    private Fake open() {
        attempts.incrementAndGet();
        if (failuresToCome.getAndUpdate(n -> Math.max(0, n - 1)) > 0) {
            throw new IllegalStateException("no display");
        }
        Fake fake = new Fake();
        opened.add(fake);
        return fake;
    }

    private WarmPool<Fake> pool(int target) {
        WarmPool<Fake> pool = new WarmPool<>(target, this::open, workers, FAST);
        pool.start();
        return pool;
    }

    private static void await(BooleanSupplier condition) {
        long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
        while (!condition.getAsBoolean() && System.nanoTime() < end) {
            TestDevices.sleep(2);
        }
        assertThat(condition.getAsBoolean()).isTrue();
    }

    @AfterEach
    void end() {
        workers.shutdownNow();
    }

    @Test
    void fillsUpAndRefillsWhatIsTaken() {
        WarmPool<Fake> pool = pool(2);
        await(() -> pool.size() == 2);
        assertThat(pool.take()).isPresent();
        await(() -> pool.size() == 2);
        assertThat(opened).hasSize(3);
    }

    @Test
    void givesNothingWhereNothingStands() {
        assertThat(pool(0).take()).isEmpty();
        assertThat(attempts).hasValue(0);
    }

    @Test
    void replacesOneThatDied() {
        WarmPool<Fake> pool = pool(1);
        await(() -> pool.size() == 1);
        opened.get(0).ended.complete("killed");
        await(() -> opened.size() == 2 && pool.size() == 1);
        await(() -> opened.get(0).closed);
        assertThat(pool.take()).containsSame(opened.get(1));
    }

    @Test
    void replacesOneThatDoesNotAnswer() {
        WarmPool<Fake> pool = pool(1);
        await(() -> pool.size() == 1);
        opened.get(0).healthy = false;
        await(() -> opened.size() == 2 && pool.size() == 1 && opened.get(0).closed);
    }

    @Test
    void leavesAloneWhatWasTaken() {
        WarmPool<Fake> pool = pool(1);
        await(() -> pool.size() == 1);
        Fake taken = pool.take().orElseThrow();
        taken.ended.complete("killed");
        taken.healthy = false;
        await(() -> pool.size() == 1);
        assertThat(taken.closed).isFalse();
    }

    @Test
    void triesAgainAfterAFailedStart() {
        failuresToCome.set(3);
        WarmPool<Fake> pool = pool(1);
        await(() -> pool.size() == 1);
        assertThat(attempts).hasValue(4);
    }

    @Test
    void triesAgainAfterAStartThatEndedWithAnError() {
        AtomicInteger errors = new AtomicInteger(1);
        WarmPool<Fake> pool = new WarmPool<>(
                1,
                () -> {
                    if (errors.getAndDecrement() > 0) {
                        throw new NoClassDefFoundError("on purpose");
                    }
                    return open();
                },
                workers,
                FAST);
        pool.start();
        await(() -> pool.size() == 1);
    }

    @Test
    void givesUpAfterManyFailuresUntilSomebodyWantsOne() {
        failuresToCome.set(Integer.MAX_VALUE);
        WarmPool<Fake> pool = pool(1);
        await(() -> attempts.get() == 8);
        TestDevices.sleep(200);
        assertThat(attempts).hasValue(8);
        failuresToCome.set(0);
        assertThat(pool.take()).isEmpty();
        await(() -> pool.size() == 1);
    }

    @Test
    void closesWhatStandsAndWhatIsStillStarting() throws Exception {
        CompletableFuture<Void> go = new CompletableFuture<>();
        WarmPool<Fake> pool = new WarmPool<>(
                1,
                () -> {
                    go.join();
                    return open();
                },
                workers,
                FAST);
        pool.start();
        pool.close();
        go.complete(null);
        await(() -> opened.size() == 1 && opened.get(0).closed);
        assertThat(pool.size()).isZero();
    }
}
