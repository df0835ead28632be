package org.sipmgw.examples.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.channels.DatagramChannel;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

class CensusTest {

    @Test
    void findsAThreadThatEachCallHasLeft() throws Exception {
        Census first = Census.threads();
        CountDownLatch run = new CountDownLatch(2); // Linux knows the name of a thread when it runs
        CountDownLatch end = new CountDownLatch(1);
        for (int call = 1; call <= 2; call++) {
            Thread left = new Thread(
                    () -> {
                        run.countDown();
                        await(end);
                    },
                    "left-by-" + call);
            left.start();
        }
        try {
            run.await();
            assertThat(Census.threads().grownSince(first, 1)).isEqualTo("left-by-# +2");
        } finally {
            end.countDown();
        }
    }

    @Test
    void findsASocketThatEachCallHasLeft() throws Exception {
        DatagramChannel.open().close(); // with the first one, the JDK opens one of its own
        Census first = Census.descriptors();
        try (DatagramChannel one = DatagramChannel.open();
                DatagramChannel two = DatagramChannel.open()) {
            assertThat(Census.descriptors().grownSince(first, 1)).isEqualTo("socket:[#] +2");
            assertThat(one.isOpen() && two.isOpen()).isTrue();
        }
    }

    @Test
    void leavesOutWhatTheVirtualMachineStartsAndEnds() throws Exception {
        assertThat(Census.threads().counts().keySet())
                .isNotEmpty()
                .noneMatch(name -> name.matches("(C[12] Compiler|GC Thread|G1 |VM ).*"));
    }

    private static void await(CountDownLatch end) {
        try {
            end.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
