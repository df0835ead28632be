package org.sipmgw.devices.v4l2;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.sipmgw.devices.kernel.Errno;

/** The rate of a camera, with a clock and an output of the test's own. */
class FrameGateTest {
    private static final VideoFormat FORMAT = new VideoFormat(PixelFormat.YUYV, 4, 2, 25);
    private static final long MS = 1_000_000;
    private static final FrameLayout LAYOUT = FrameLayout.tight(PixelFormat.YUYV, 4, 2);

    private final List<String> seen = new ArrayList<>();
    private final RecordedOutput output = new RecordedOutput();
    private long nowNs = 1000 * MS;
    private FrameGate gate;

    @BeforeEach
    void begin() {
        gate = new FrameGate(FORMAT, output, () -> nowNs);
    }

    private FrameResult frame(int value) {
        ByteBuffer pixels = ByteBuffer.allocate(LAYOUT.bytes());
        pixels.put(0, (byte) value);
        return gate.frame(pixels, 0, LAYOUT);
    }

    @Test
    void showsFramesOfItsRateAtOnce() {
        for (int i = 1; i <= 3; i++) {
            assertThat(frame(i)).isEqualTo(FrameResult.SHOWN);
            nowNs += 40 * MS;
            gate.tick(nowNs);
        }
        assertThat(seen).containsExactly("1", "2", "3");
    }

    @Test
    void thinsAFasterSourceToTheNewestFrame() {
        assertThat(frame(1)).isEqualTo(FrameResult.SHOWN);
        nowNs += 10 * MS;
        assertThat(frame(2)).isEqualTo(FrameResult.WAITING);
        nowNs += 10 * MS;
        assertThat(frame(3)).isEqualTo(FrameResult.WAITING);
        assertThat(gate.tick(nowNs)).as("time until the waiting one").isEqualTo(10 * MS);
        nowNs += 10 * MS;
        gate.tick(nowNs);
        assertThat(seen).containsExactly("1", "3");
        assertThat(gate.statistics().replaced()).isEqualTo(1);
    }

    @Test
    void repeatsTheLastFrameAtItsRateWhileTheSourcePauses() {
        frame(1);
        nowNs += 79 * MS;
        gate.tick(nowNs);
        assertThat(seen).as("a frame may be late").containsExactly("1");
        nowNs += 1 * MS;
        gate.tick(nowNs);
        nowNs += 40 * MS;
        gate.tick(nowNs);
        nowNs += 40 * MS;
        gate.tick(nowNs);
        assertThat(seen).containsExactly("1", "again", "again", "again");
        assertThat(gate.statistics().repeated()).isEqualTo(3);
    }

    @Test
    void doesNotRunAfterTicksThatItMissed() {
        frame(1);
        nowNs += 10_000 * MS;
        gate.tick(nowNs);
        assertThat(gate.tick(nowNs)).isBetween(1L, 40 * MS);
        assertThat(seen).hasSizeLessThan(4);
    }

    @Test
    void refusesAnotherSizeAndKeepsWhatIsShown() {
        FrameLayout other = FrameLayout.tight(PixelFormat.YUYV, 8, 2);
        assertThat(gate.frame(ByteBuffer.allocate(other.bytes()), 0, other)).isEqualTo(FrameResult.WRONG_FORMAT);
        assertThat(gate.jpeg(ByteBuffer.allocate(4), 0, 4)).isEqualTo(FrameResult.WRONG_FORMAT);
        assertThat(seen).isEmpty();
        assertThat(gate.statistics().dropped()).isEqualTo(2);
    }

    @Test
    void dropsFramesWhileTheDeviceIsGoneAndGoesOnWhenItIsBack() {
        frame(1);
        output.answer = -Errno.ENODEV;
        nowNs += 40 * MS;
        assertThat(frame(2)).isEqualTo(FrameResult.GONE);
        assertThat(gate.tick(nowNs)).isEqualTo(-1);
        assertThat(gate.lastError()).isEqualTo(Errno.ENODEV);
        assertThat(frame(3)).isEqualTo(FrameResult.GONE);
        assertThat(output.closed).isEqualTo(1);
        RecordedOutput fresh = new RecordedOutput();
        gate.reopened(fresh);
        nowNs += 40 * MS;
        assertThat(frame(4)).isEqualTo(FrameResult.SHOWN);
        assertThat(seen).containsExactly("1", "still", "4");
        assertThat(gate.statistics().losses()).isEqualTo(1);
    }

    @Test
    void closesTheOutputOnceAndTakesNothingMore() {
        gate.close();
        gate.close();
        assertThat(output.closed).isEqualTo(1);
        assertThat(frame(1)).isEqualTo(FrameResult.CLOSED);
        RecordedOutput late = new RecordedOutput();
        gate.reopened(late);
        assertThat(late.closed).as("a device found after the end").isEqualTo(1);
    }

    private final class RecordedOutput implements FrameOutput {
        private final ByteBuffer memory = ByteBuffer.allocate(LAYOUT.bytes());
        private int answer;
        private int closed;

        @Override
        public FrameLayout layout() {
            return LAYOUT;
        }

        @Override
        public int capacity() {
            return memory.capacity();
        }

        @Override
        public ByteBuffer free() {
            return memory;
        }

        @Override
        public int show(int bytes) {
            if (answer == 0) {
                int value = memory.get(0);
                seen.add(value >= 0 && value < 10 ? Integer.toString(value) : "still");
            }
            return answer;
        }

        @Override
        public int repeat() {
            seen.add("again");
            return answer;
        }

        @Override
        public void close() {
            closed++;
        }
    }
}
