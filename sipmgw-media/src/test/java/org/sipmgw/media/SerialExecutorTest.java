package org.sipmgw.media;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class SerialExecutorTest {
    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final SerialExecutor serial = new SerialExecutor(threads);
    private final List<Integer> done = new CopyOnWriteArrayList<>();

    @AfterEach
    void end() {
        threads.shutdownNow();
    }

    @Test
    void runsTasksInTheirOrder() {
        for (int i = 0; i < 100; i++) {
            int number = i;
            serial.execute(() -> done.add(number));
        }
        serial.await(() -> done.add(100));
        assertThat(done).hasSize(101).isSorted();
    }

    @Test
    void goesOnAfterATaskThatFails() {
        serial.await(() -> {
            throw new IllegalStateException("on purpose");
        });
        serial.await(() -> done.add(1));
        assertThat(done).containsExactly(1);
    }

    @Test
    void leavesNobodyWaitingOnceTheThreadsAreShutDown() throws Exception {
        CountDownLatch go = new CountDownLatch(1);
        serial.execute(() -> {
            awaitUninterrupted(go);
            done.add(1);
        });
        serial.execute(() -> done.add(2));
        threads.shutdown();
        go.countDown();
        serial.await(() -> done.add(3));
        serial.await(() -> done.add(4));
        assertThat(done).containsExactly(1, 2, 3, 4);
        assertThat(threads.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
    }

    private static void awaitUninterrupted(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
