package org.sipmgw.media.x11;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.Test;

class FrameComparisonTest {

    private static final int BYTES = 1280 * 720 * 4;

    private final ByteBuffer a = ByteBuffer.allocateDirect(BYTES);
    private final ByteBuffer b = ByteBuffer.allocateDirect(BYTES);
    private final long first = FrameComparison.address(a);
    private final long second = FrameComparison.address(b);

    @Test
    void seesEveryDifferentByte() {
        assertThat(FrameComparison.same(first, second, BYTES)).isTrue();
        for (int at : new int[] {0, 1, 4095, BYTES / 2 + 3, BYTES - 1}) {
            b.put(at, (byte) 1);
            assertThat(FrameComparison.same(first, second, BYTES)).isFalse();
            b.put(at, (byte) 0);
        }
        assertThat(FrameComparison.same(first, second, BYTES)).isTrue();
    }

    @Test
    void allocatesNothing() {
        var threads = (com.sun.management.ThreadMXBean) ManagementFactory.getThreadMXBean();
        compare(200);
        long before = threads.getCurrentThreadAllocatedBytes();
        compare(1000);
        assertThat(threads.getCurrentThreadAllocatedBytes() - before).isLessThan(500);
    }

    @Test
    void refusesMemoryThatMoves() {
        ByteBuffer heap = ByteBuffer.allocate(4);
        assertThatThrownBy(() -> FrameComparison.address(heap)).isInstanceOf(IllegalArgumentException.class);
    }

    private void compare(int times) {
        for (int i = 0; i < times; i++) {
            if (!FrameComparison.same(first, second, 4096)) {
                throw new AssertionError();
            }
        }
    }
}
