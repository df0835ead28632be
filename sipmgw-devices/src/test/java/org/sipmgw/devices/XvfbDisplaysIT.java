package org.sipmgw.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipmgw.spi.DisplayPort;

class XvfbDisplaysIT {
    @TempDir
    Path temp;

    private Scene scene;
    private XvfbDisplays displays;

    @BeforeEach
    void open() throws Exception {
        scene = new Scene(temp);
        displays = XvfbDisplays.builder(scene.runtime).build();
    }

    @AfterEach
    void close() throws Exception {
        scene.close();
    }

    @Test
    void clientsOfTheOrdinaryUserSeeTheSizeAskedFor() throws Exception {
        try (DisplayPort display = displays.open(1280, 720)) {
            assertThat(display.width()).isEqualTo(1280);
            assertThat(display.height()).isEqualTo(720);
            assertThat(scene.client(display.environment(), "xdpyinfo"))
                    .anyMatch(line -> line.matches("\\s*dimensions:\\s+1280x720 pixels.*"))
                    .anyMatch(line -> line.matches("\\s*depth of root window:\\s+24 planes"))
                    .anyMatch(line -> line.contains("MIT-SHM"));
        }
    }

    @Test
    void letsNobodyInWithoutTheCookie() throws Exception {
        try (DisplayPort display = displays.open(640, 360)) {
            Map<String, String> stranger = Map.of("DISPLAY", display.name(), "XAUTHORITY", "/dev/null");
            assertThat(scene.client(stranger, "sh", "-c", "xdpyinfo 2>&1 || true"))
                    .anyMatch(line -> line.contains("Authorization required"));
        }
    }

    @Test
    void runsAsTheOrdinaryUserWithoutCapabilities() throws Exception {
        try (DisplayPort display = displays.open(640, 360)) {
            assertThat(Scene.status(display.pid(), "Uid"))
                    .startsWith(scene.runtime.runAs().uid() + "\t");
            assertThat(Scene.status(display.pid(), "CapEff")).isEqualTo("0000000000000000");
        }
    }

    @Test
    void opensSeveralAtOnceWithDifferentNames() {
        List<CompletableFuture<DisplayPort>> opening = IntStream.range(0, 4)
                .mapToObj(i -> CompletableFuture.supplyAsync(() -> displays.open(320, 240)))
                .toList();
        List<DisplayPort> open = opening.stream().map(CompletableFuture::join).toList();
        assertThat(open).extracting(DisplayPort::name).doesNotHaveDuplicates();
        open.forEach(DisplayPort::close);
    }

    @Test
    void leavesNothingAfterTwentyRounds() throws Exception {
        for (int round = 0; round < 20; round++) {
            DisplayPort display = displays.open(640, 360);
            assertThat(scene.marked()).contains(display.pid());
            display.close();
            display.close();
        }
        scene.assertNothingLeft();
    }

    @Test
    void noticesWithinASecondThatItWasKilled() throws Exception {
        DisplayPort display = displays.open(640, 360);
        ProcessHandle.of(display.pid()).orElseThrow().destroyForcibly();
        assertThat(display.ended().toCompletableFuture().get(1, TimeUnit.SECONDS))
                .isNull();
        display.close();
        scene.assertNothingLeft();
    }

    @Test
    void saysThatItEndedWhenClosed() throws Exception {
        DisplayPort display = displays.open(640, 360);
        assertThat(display.ended().toCompletableFuture()).isNotDone();
        display.close();
        assertThat(display.ended().toCompletableFuture().get(1, TimeUnit.SECONDS))
                .isNull();
    }

    @Test
    void refusesSizesOutOfRange() {
        assertThatThrownBy(() -> displays.open(63, 720))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("width 63");
        assertThatThrownBy(() -> displays.open(1280, 8193))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("height 8193");
    }
}
