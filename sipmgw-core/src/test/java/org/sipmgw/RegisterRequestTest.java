package org.sipmgw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.account.Account;
import org.sipmgw.fakes.TestGateway;

/** What a registrar is told, as it stands in the datagram. */
@Tag("registrar")
class RegisterRequestTest {
    private final LinkedBlockingQueue<String> requests = new LinkedBlockingQueue<>();

    /** A registrar that takes everything. */
    private void serve(DatagramSocket socket) {
        byte[] buffer = new byte[4096];
        try {
            while (true) {
                DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                socket.receive(packet);
                String request = new String(buffer, 0, packet.getLength(), StandardCharsets.UTF_8);
                requests.add(request);
                byte[] answer = answer(request).getBytes(StandardCharsets.UTF_8);
                socket.send(new DatagramPacket(answer, answer.length, packet.getSocketAddress()));
            }
        } catch (IOException closed) {
            return;
        }
    }

    private static String answer(String request) {
        return request.lines()
                .filter(line -> line.matches("(Via|From|To|Call-ID|CSeq|Contact|Expires):.*"))
                .collect(Collectors.joining("\r\n", "SIP/2.0 200 OK\r\n", "\r\nContent-Length: 0\r\n\r\n"));
    }

    @Test
    void namesEveryMethodThatCallsMayUse() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            Thread thread = new Thread(() -> serve(socket), "registrar");
            thread.setDaemon(true);
            thread.start();
            Account account = Account.parse("<sip:a@127.0.0.1:" + socket.getLocalPort() + ";transport=udp>");
            TestGateway gateway = TestGateway.with(builder -> builder.account(account));
            try {
                String register = requests.poll(10, TimeUnit.SECONDS);
                assertThat(register).startsWith("REGISTER ");
                List<String> allow = register.lines()
                        .filter(line -> line.startsWith("Allow:"))
                        .map(line -> line.replace(" ", ""))
                        .toList();
                assertThat(allow).containsExactly("Allow:INVITE,ACK,CANCEL,BYE,OPTIONS,INFO,UPDATE,PRACK,REFER,NOTIFY");
            } finally {
                gateway.close();
            }
        }
    }
}
