package org.sipmgw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.fakes.TestGateway;
import org.sipmgw.rawsip.RawCall;
import org.sipmgw.rawsip.RawPhone;

/** TCP peers that read nothing hold up themselves and nobody else. */
@Tag("dialog")
class DeafPeersTest {
    private static final int DEAF = 12;

    @Test
    void deafPeersHoldUpNobodyElseAndAreLetGo() throws Exception {
        List<Socket> deaf = new ArrayList<>();
        try (TestGateway gateway = new TestGateway(GatewayConfig.defaults().withMaxCalls(100));
                RawPhone phone = RawPhone.udp(gateway.address(Transport.UDP))) {
            for (int i = 0; i < DEAF; i++) {
                deaf.add(deafCaller(gateway.address(Transport.TCP), i));
            }
            gateway.events.await(
                    "their calls",
                    lines -> lines.stream().filter("state JOINING"::equals).count() >= DEAF);
            assertThat(connections()).isGreaterThanOrEqualTo(DEAF);
            List<Call> theirs = gateway.gateway.calls();
            for (Socket socket : deaf) {
                stuff(socket);
            }
            theirs.forEach(Call::hangUp);
            RawCall call = new RawCall(phone, "room42");
            assertThat(call.establish().status()).isEqualTo(200);
            assertThat(call.ask("BYE", "").status()).isEqualTo(200);
            gateway.events.await("all ended", lines -> gateway.gateway.calls().isEmpty());
            gateway.events.await("connections closed", lines -> connections() == 0);
        } finally {
            for (Socket socket : deaf) {
                socket.close();
            }
        }
    }

    private static Socket deafCaller(InetSocketAddress gateway, int number) throws IOException {
        Socket socket = new Socket();
        socket.setReceiveBufferSize(2048);
        socket.connect(gateway);
        String own = "127.0.0.1:" + socket.getLocalPort();
        String head = " sip:room" + number + "@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/TCP " + own + ";rport;branch=z9hG4bKd"
                + number;
        String rest = "\r\nMax-Forwards: 70\r\nFrom: <sip:deaf@" + own + ">;tag=d\r\nTo: <sip:room@127.0.0.1>\r\n"
                + "Call-ID: deaf-" + number + "-" + own + "\r\nContact: <sip:deaf@" + own + ";transport=tcp>\r\n";
        String offer = RawCall.offer();
        write(
                socket,
                "INVITE" + head + rest + "CSeq: 1 INVITE\r\n" + RawCall.SDP_TYPE + "\r\nContent-Length: "
                        + offer.length() + "\r\n\r\n" + offer);
        return socket;
    }

    /** Asks until the answers do not fit any more, which is when nothing more can be written either. */
    private static void stuff(Socket socket) throws IOException {
        String own = "127.0.0.1:" + socket.getLocalPort();
        StringBuilder questions = new StringBuilder();
        for (int i = 0; i < 2_000; i++) {
            questions
                    .append("OPTIONS sip:room@127.0.0.1 SIP/2.0\r\nVia: SIP/2.0/TCP ")
                    .append(own)
                    .append(";rport;branch=z9hG4bKo")
                    .append(i)
                    .append("\r\nMax-Forwards: 70\r\nFrom: <sip:deaf@x>;tag=o\r\nTo: <sip:x>\r\nCall-ID: o")
                    .append(own)
                    .append("\r\nCSeq: 1 OPTIONS\r\nContent-Length: 0\r\n\r\n");
        }
        Thread writer = new Thread(
                () -> {
                    try {
                        write(socket, questions.toString());
                    } catch (IOException closed) {
                        return;
                    }
                },
                "raw-phone-deaf");
        writer.setDaemon(true);
        writer.start();
    }

    private static void write(Socket socket, String text) throws IOException {
        OutputStream out = socket.getOutputStream();
        out.write(text.getBytes(StandardCharsets.UTF_8));
        out.flush();
    }

    /** The stack has a thread for each connection. */
    private static long connections() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(thread -> thread.getName().startsWith("TCPMessageChannelThread"))
                .count();
    }
}
