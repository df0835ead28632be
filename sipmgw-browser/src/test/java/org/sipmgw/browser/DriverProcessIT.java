package org.sipmgw.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.process.RunAs;
import org.sipmgw.process.RuntimeDirectory;
import org.sipmgw.spi.DeviceException;

/** A stand-in for the driver finds its port taken, as the real one does now and then on a machine with many sockets. */
@Tag("fault")
class DriverProcessIT {
    private Path directory;
    private RuntimeDirectory runtime;

    @BeforeEach
    void open() throws IOException {
        directory = Files.createTempDirectory("sipmgw-driver-it");
        Files.setPosixFilePermissions(directory, PosixFilePermissions.fromString("rwxrwxrwx"));
        runtime = RuntimeDirectory.open(RunAs.ordinaryUser());
    }

    @AfterEach
    void close() throws IOException {
        runtime.close();
        for (String file : List.of("driver", "tries")) {
            Files.deleteIfExists(directory.resolve(file));
        }
        Files.delete(directory);
    }

    @Test
    void triesAgainWhenItsPortWasTaken() throws IOException {
        try (DriverProcess driver = DriverProcess.start(driverThatStartsAtTry(3), Map.of())) {
            assertThat(driver.address()).hasPort(4711);
            assertThat(tries()).isEqualTo(3);
        }
    }

    @Test
    void givesUpWhenEveryPortIsTaken() throws IOException {
        BrowserConfig config = driverThatStartsAtTry(4);
        assertThatThrownBy(() -> DriverProcess.start(config, Map.of()))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("port not available");
        assertThat(tries()).isEqualTo(3);
    }

    private int tries() throws IOException {
        return Files.readAllLines(directory.resolve("tries")).size();
    }

    private BrowserConfig driverThatStartsAtTry(int number) throws IOException {
        Path driver = directory.resolve("driver");
        Files.writeString(driver, """
                #!/bin/sh
                echo try >> %1$s/tries
                if [ $(wc -l < %1$s/tries) -lt %2$d ]; then
                  echo 'IPv4 port not available. Exiting...'
                  exit 1
                fi
                echo 'ChromeDriver was started successfully on port 4711.'
                exec sleep 60
                """.formatted(directory, number));
        Files.setPosixFilePermissions(driver, PosixFilePermissions.fromString("rwxr-xr-x"));
        return new BrowserConfig(
                runtime,
                TestDevices.displays(runtime),
                TestDevices.speakers(runtime),
                (width, height) -> Optional.empty(),
                List.of(),
                AllowedHosts.of(List.of()),
                0,
                new BrowserConfig.Size(640, 360),
                new BrowserConfig.Programs("chromium", driver.toString()),
                Duration.ofMillis(100),
                1,
                Optional.empty());
    }
}
