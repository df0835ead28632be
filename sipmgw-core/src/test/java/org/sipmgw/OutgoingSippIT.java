package org.sipmgw;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sipmgw.conference.Room;
import org.sipmgw.fakes.TestGateway;

/** The gateway calls SIPp, which answers as {@code callee.xml}, {@code callee-refuses.xml} and {@code referee.xml} say. */
@Tag("dialog")
class OutgoingSippIT {
    private static final Room ROOM = Room.of(URI.create("https://meet.example/room42"), "Board room");

    @TempDir
    private Path directory;

    @ParameterizedTest
    @CsvSource({
        "callee,u1,LOCAL_HANG_UP",
        "callee,t1,LOCAL_HANG_UP",
        "callee-refuses,u1,REFUSED",
        "referee,u1,TRANSFERRED",
        "referee,t1,TRANSFERRED"
    })
    void sippIsContentWithBeingCalled(String scenario, String transport, EndReason.Cause cause) throws Exception {
        int calls = 10;
        int port = freePort();
        CompletableFuture<Void> sipp = CompletableFuture.runAsync(() -> {
            try {
                new Sipp(directory)
                        .run(
                                scenario,
                                "",
                                40,
                                "-p",
                                String.valueOf(port),
                                "-t",
                                transport,
                                "-m",
                                String.valueOf(calls));
            } catch (Exception e) {
                throw new IllegalStateException(e);
            }
        });
        try (TestGateway gateway = new TestGateway(GatewayConfig.defaults().withMaxCalls(calls))) {
            Thread.sleep(1000);
            String uri = "sip:room@127.0.0.1:" + port + (transport.equals("t1") ? ";transport=tcp" : "");
            List<Call> placed = new ArrayList<>();
            for (int i = 0; i < calls; i++) {
                placed.add(gateway.gateway.call(uri, ROOM, CallOptions.defaults()));
            }
            if (cause != EndReason.Cause.REFUSED) {
                gateway.events.await(
                        "all connected",
                        lines ->
                                lines.stream().filter("state CONNECTED"::equals).count() == calls);
            }
            if (cause == EndReason.Cause.LOCAL_HANG_UP) {
                placed.forEach(Call::hangUp);
            } else if (cause == EndReason.Cause.TRANSFERRED) {
                placed.forEach(call -> call.transfer("sip:other@example.org"));
            }
            sipp.join();
            for (Call call : placed) {
                assertThat(call.ended().toCompletableFuture().join().cause()).isEqualTo(cause);
            }
            gateway.assertEmpty();
        }
    }

    /** Free for UDP and TCP. */
    private static int freePort() throws Exception {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        try (ServerSocket tcp = new ServerSocket(0, 1, loopback);
                DatagramSocket udp = new DatagramSocket(tcp.getLocalPort(), loopback)) {
            return udp.getLocalPort();
        }
    }
}
