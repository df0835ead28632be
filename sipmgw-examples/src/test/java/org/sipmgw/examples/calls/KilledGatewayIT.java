package org.sipmgw.examples.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipmgw.process.Orphans;
import org.sipmgw.testsupport.JanusRoom;
import org.sipmgw.testsupport.JanusServer;
import org.sipmgw.testsupport.PhoneMedia;
import org.sipmgw.testsupport.VirtualCall;
import org.sipmgw.testsupport.VirtualPhone;

/** The launcher's gateway dies by SIGKILL in the middle of a call. */
@Tag("fault")
class KilledGatewayIT {

    private static final Pattern POINT = Pattern.compile("udp:127\\.0\\.0\\.1:(\\d+)");

    @TempDir
    private Path directory;

    @Test
    void theNextGatewayCleansUpWhatAKilledOneLeft() throws Exception {
        try (JanusServer janus = JanusServer.start();
                VirtualPhone phone = VirtualPhone.open("Room")) {
            JanusRoom room = JanusRoom.of(4711, "vp8");
            janus.createRoom(room);
            Process gateway = gateway(janus);
            BlockingQueue<String> events = lines(gateway);
            try {
                Matcher point = POINT.matcher(next(events, "\"listening\""));
                assertThat(point.find()).isTrue();
                String uri = "sip:" + room.number() + "@127.0.0.1:" + point.group(1);
                VirtualCall call = phone.call(uri, PhoneMedia.room(320, 180, 300_000));
                next(events, "\"CONNECTED\"");
                CallLab.await(
                        "picture and sound",
                        () -> call.video().count() > 30 && call.audio().count() > 30);

                List<ProcessHandle> children = gateway.descendants().toList();
                assertThat(children).hasSizeGreaterThan(5);
                gateway.destroyForcibly();
                assertThat(gateway.waitFor(10, TimeUnit.SECONDS)).isTrue();
                long left = children.stream().filter(ProcessHandle::isAlive).count();

                Orphans.Found swept = Orphans.sweep();
                System.out.println(
                        "the killed gateway left " + left + " of " + children.size() + " processes; " + swept);
                assertThat(swept.processes()).isGreaterThanOrEqualTo((int) left);
                assertThat(left).as("living children of a killed gateway").isPositive();
                // dead ones may still wait for init to collect them
                CallLab.await("the end of all children", () -> children.stream().noneMatch(ProcessHandle::isAlive));
            } finally {
                gateway.destroyForcibly();
            }
        }
    }

    private Process gateway(JanusServer janus) throws Exception {
        Path config = directory.resolve("gateway.yaml");
        Files.writeString(config, """
                sip:
                  listen: ['udp:127.0.0.1:0']
                conference:
                  page: '%s'
                  allowedHosts: ['%s']
                browser:
                  warm: 1
                  size: 640x360
                """.formatted(janus.page(Optional.empty()), janus.pagesAuthority()));
        return new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        "-Xmx512m",
                        "-cp",
                        System.getProperty("java.class.path"),
                        "org.sipmgw.examples.Main",
                        "run",
                        "--config",
                        config.toString(),
                        "--events")
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
    }

    private static BlockingQueue<String> lines(Process process) {
        BlockingQueue<String> lines = new LinkedBlockingQueue<>();
        Thread reader = new Thread(
                () -> {
                    try (BufferedReader in = new BufferedReader(
                            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
                        in.lines().forEach(lines::add);
                    } catch (java.io.IOException | java.io.UncheckedIOException e) {
                        lines.add("closed: " + e);
                    }
                },
                "gateway-events");
        reader.setDaemon(true);
        reader.start();
        return lines;
    }

    private static String next(BlockingQueue<String> lines, String what) throws InterruptedException {
        StringBuilder before = new StringBuilder();
        while (true) {
            String line = lines.poll(Watch.PATIENCE_MS, TimeUnit.MILLISECONDS);
            assertThat(line).as("waiting for %s after %s", what, before).isNotNull();
            before.append(line).append('\n');
            if (line.contains(what)) {
                return line;
            }
        }
    }
}
