package org.sipmgw.devices.alsa;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.sipmgw.spi.DeviceException;

/** Every system call of opening fails in turn: an exception with device, call and errno, and no descriptor left. */
@Tag("fault")
class PcmFaultLadderTest {
    private static final int MOST = 30;

    enum Opening {
        PLAYBACK,
        CAPTURE,
        RATE_SHIFT,
        LEASE;

        AutoCloseable open(FakeSoundKernel kernel) {
            return switch (this) {
                case PLAYBACK -> Pcm.on(FakeSoundKernel.card(), 0).subdevice(0).playback(kernel.opener());
                case CAPTURE -> Pcm.on(FakeSoundKernel.card(), 1).capture(kernel.opener());
                case RATE_SHIFT -> RateShift.playback(kernel, FakeSoundKernel.card(), 0, 0);
                case LEASE -> FakeSoundKernel.cards(kernel).take(List.of());
            };
        }

        /** System calls that can fail on the way. */
        int rungs() {
            return switch (this) {
                case PLAYBACK -> 10;
                case CAPTURE -> 9;
                case RATE_SHIFT, LEASE -> 2;
            };
        }
    }

    @ParameterizedTest
    @EnumSource
    void everyFailedCallIsReportedAndLeavesNothingOpen(Opening opening) throws Exception {
        List<String> rungs = new ArrayList<>();
        for (int rung = 1; rung < MOST; rung++) {
            FakeSoundKernel kernel = new FakeSoundKernel();
            kernel.failAt = rung;
            kernel.failWith = -19;
            if (succeeds(opening, kernel, rungs)) {
                break;
            }
            assertThat(kernel.open).as("rung %d: %s", rung, kernel.calls).isEmpty();
        }
        assertThat(rungs).as("each of these failed once").hasSize(opening.rungs());
    }

    private static boolean succeeds(Opening opening, FakeSoundKernel kernel, List<String> rungs) throws Exception {
        try (AutoCloseable opened = opening.open(kernel)) {
            assertThat(kernel.open).isNotEmpty();
        } catch (DeviceException e) {
            if (opening != Opening.LEASE) {
                assertThat(e).hasMessageContaining("/dev/snd/").hasMessageContaining("ENODEV, ");
            }
            rungs.add(kernel.calls.get(kernel.calls.size() - 1));
            return false;
        }
        assertThat(kernel.open).as("closed").isEmpty();
        return true;
    }

    @ParameterizedTest
    @EnumSource(names = {"PLAYBACK", "CAPTURE"})
    void aMissingNodeIsNamed(Opening opening) {
        FakeSoundKernel kernel = new FakeSoundKernel();
        kernel.nodes.removeIf(node -> node.contains("pcm"));
        assertThatThrownBy(() -> opening.open(kernel))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("/dev/snd/pcmC0D")
                .hasMessageContaining("open: ENOENT");
        assertThat(kernel.open).isEmpty();
    }
}
