package org.sipmgw.devices;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sipmgw.spi.ConfigException;
import org.sipmgw.spi.DeviceException;

/** Each step of opening fails in turn: an exception that says what to do, and nothing left. */
@Tag("fault")
class FaultLadderIT {
    private static final Duration SOON = Duration.ofMillis(800);

    @TempDir
    Path temp;

    private Scene scene;

    @BeforeEach
    void open() throws Exception {
        scene = new Scene(temp);
    }

    @AfterEach
    void close() throws Exception {
        scene.assertNothingLeft();
        scene.close();
    }

    /** A program that takes the place of the real one; it leaves children behind, as bad programs do. */
    private String program(String script) throws Exception {
        Path file = Files.writeString(temp.resolve("program"), "#!/bin/sh\nsetsid sleep 800 &\n" + script + "\n");
        Files.setPosixFilePermissions(file, PosixFilePermissions.fromString("rwxr-xr-x"));
        return file.toString();
    }

    @ParameterizedTest(name = "Xvfb: {0}")
    @CsvSource(delimiter = '|', textBlock = """
            refuses to start      | echo 'Fatal server error'; exit 1      | it ended with 1; it said: Fatal server error
            never answers         | echo hello; sleep 801                  | no display
            answers with nonsense | echo 'display 7'; sleep 802            | no display
            names no display      | echo 64999; sleep 803                  | refused
            dies after its answer | echo 64998                             | refused
            has another size      | exec Xvfb -displayfd 1 -nolisten tcp -screen 0 320x200x24 | asked for 640x360
            """)
    void displayThatFailsSaysWhyAndLeavesNothing(String step, String script, String message) throws Exception {
        XvfbDisplays displays = XvfbDisplays.builder(scene.runtime)
                .program(program(script))
                .startTimeout(SOON)
                .build();
        assertThatThrownBy(() -> displays.open(640, 360))
                .as(step)
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest(name = "PulseAudio: {0}")
    @CsvSource(delimiter = '|', textBlock = """
            refuses to start  | echo 'E: Daemon startup failed.'; exit 1 | it said: E: Daemon startup failed.
            never answers     | sleep 811                                | no answer at
            opens no sink     | exec pulseaudio -n --daemonize=no --use-pid-file=no --load='module-native-protocol-unix auth-anonymous=1' | refused (PulseAudio error
            plays no sound    | exec pulseaudio -n --daemonize=no --use-pid-file=no --load='module-null-sink sink_name=other' --load='module-native-protocol-unix auth-anonymous=1' | refused (PulseAudio error
            """)
    void soundThatFailsSaysWhyAndLeavesNothing(String step, String script, String message) throws Exception {
        PulseSpeakers speakers = PulseSpeakers.builder(scene.runtime)
                .program(program(script))
                .startTimeout(SOON)
                .build();
        assertThatThrownBy(speakers::open)
                .as(step)
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining(message);
    }

    @Test
    void programsThatAreMissingAreNamedWithTheirPackage() {
        assertThatThrownBy(() -> XvfbDisplays.builder(scene.runtime)
                        .program("no-Xvfb")
                        .build()
                        .open(640, 360))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("no-Xvfb is not installed; install the Debian package xvfb");
        assertThatThrownBy(() -> PulseSpeakers.builder(scene.runtime)
                        .program("no-pulseaudio")
                        .build()
                        .open())
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("no-pulseaudio is not installed; install the Debian package pulseaudio");
    }

    @Test
    void timeoutsOutOfRangeAreRefusedByTheirKey() {
        assertThatThrownBy(() -> XvfbDisplays.builder(scene.runtime)
                        .startTimeout(Duration.ofMillis(1))
                        .build())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("display.startTimeout");
        assertThatThrownBy(() -> PulseSpeakers.builder(scene.runtime)
                        .startTimeout(Duration.ofHours(1))
                        .build())
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("speaker.startTimeout");
        assertThat(scene.runtime.path()).exists();
    }
}
