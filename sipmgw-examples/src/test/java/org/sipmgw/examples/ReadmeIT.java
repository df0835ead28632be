package org.sipmgw.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.sipmgw.testsupport.JanusRoom;
import org.sipmgw.testsupport.JanusServer;
import org.sipmgw.testsupport.PhoneMedia;
import org.sipmgw.testsupport.VirtualCall;
import org.sipmgw.testsupport.VirtualPhone;

@Tag("call")
class ReadmeIT {

    private static final long JOIN_MS = 30_000;

    @Test
    void theProgramOfTheReadmeTakesACallIntoAConference(@TempDir Path directory) throws Exception {
        try (JanusServer janus = JanusServer.start()) {
            JanusRoom room = JanusRoom.of(1234, "h264");
            janus.createRoom(room);
            int port = freePort();
            Path log = directory.resolve("readme.log");
            Process program = new ProcessBuilder(
                            Path.of(System.getProperty("java.home"), "bin", "java")
                                    .toString(),
                            "-Xmx256m",
                            "-Dsip.port=" + port,
                            "-cp",
                            System.getProperty("java.class.path"),
                            Readme.class.getName(),
                            janus.page(Optional.empty()),
                            janus.pagesAuthority())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            try (VirtualPhone phone = VirtualPhone.open("Readme room")) {
                VirtualCall call = phone.call("sip:1234@127.0.0.1:" + port, PhoneMedia.room(640, 360, 500_000));
                long end = System.nanoTime() + JOIN_MS * 1_000_000;
                while (!janus.participants(room).contains("Readmeroom") && System.nanoTime() < end) {
                    Thread.sleep(100);
                }
                assertThat(janus.participants(room))
                        .as("%s", Files.readString(log))
                        .contains("Readmeroom");
                assertThat(call.video().count()).isPositive();
                call.hangUp();
            } finally {
                program.getOutputStream().write('\n');
                program.getOutputStream().close();
                assertThat(program.waitFor(30, TimeUnit.SECONDS)).isTrue();
            }
            assertThat(program.exitValue()).isZero();
        }
    }

    private static int freePort() throws IOException {
        try (DatagramSocket socket = new DatagramSocket()) {
            return socket.getLocalPort();
        }
    }
}
