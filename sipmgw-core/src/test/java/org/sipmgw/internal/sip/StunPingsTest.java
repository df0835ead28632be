package org.sipmgw.internal.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sipmgw.admission.AdmissionRules;
import org.sipmgw.internal.sip.net.StunBinding;
import org.sipmgw.rawsip.RawCall;
import org.sipmgw.rawsip.RawPhone;
import org.sipmgw.tls.TlsSettings;

/** STUN from and to the sockets of SIP. */
@Tag("registrar")
class StunPingsTest {

    private static SipEndpoint endpoint(String address) throws Exception {
        return SipEndpoint.open(
                List.of(new SipBinding(SipBinding.Protocol.UDP, address, 0)),
                new SipSettings(
                        "test",
                        1000,
                        TlsSettings.defaults(),
                        AdmissionRules.defaults(),
                        Duration.ofSeconds(1),
                        0,
                        Duration.ofSeconds(90),
                        Optional.empty()),
                (host, port, transport, secure) -> List.of(),
                leg -> {});
    }

    private static byte[] answer(byte[] request, InetSocketAddress seen) {
        ByteBuffer answer = ByteBuffer.allocate(32);
        answer.putShort((short) 0x0101).putShort((short) 12).put(request, 4, 16);
        answer.putShort((short) 0x0020).putShort((short) 8).putShort((short) 1);
        answer.putShort((short) (seen.getPort() ^ 0x2112));
        byte[] address = seen.getAddress().getAddress();
        for (int i = 0; i < 4; i++) {
            answer.put((byte) (address[i] ^ request[4 + i]));
        }
        return answer.array();
    }

    @ParameterizedTest
    @CsvSource({"127.0.0.1, 127.0.0.1", "::1, ::1", "0.0.0.0, 127.0.0.1"})
    void theServerIsAskedFromTheSipPortAndTellsWhereItSeesIt(String bound, String address) throws Exception {
        try (SipEndpoint endpoint = endpoint(bound);
                DatagramSocket server = new DatagramSocket(0, InetAddress.getByName(address))) {
            server.setSoTimeout(10_000);
            CompletableFuture<SipPlace> seen = new CompletableFuture<>();
            endpoint.ping(
                    new SipHop(SipBinding.Protocol.UDP, server.getLocalAddress(), server.getLocalPort(), "localhost"),
                    seen::complete);
            DatagramPacket request = new DatagramPacket(new byte[100], 100);
            server.receive(request);
            assertThat(request.getPort()).isEqualTo(endpoint.bindings().get(0).port());
            assertThat(request.getLength()).isEqualTo(20);
            byte[] answer = answer(request.getData(), new InetSocketAddress("203.0.113.7", 41_000));
            byte[] foreign = answer.clone();
            foreign[12] ^= 1;
            server.send(new DatagramPacket(foreign, foreign.length, request.getSocketAddress()));
            server.send(new DatagramPacket(answer, answer.length, request.getSocketAddress()));
            assertThat(seen.get(10, TimeUnit.SECONDS)).isEqualTo(new SipPlace("203.0.113.7", 41_000));
        }
    }

    @Test
    @Tag("fuzz")
    void nonsenseLeavesTheSipPortAlive() throws Exception {
        long seed = 4711;
        Random random = new Random(seed);
        try (SipEndpoint endpoint = endpoint("127.0.0.1")) {
            int port = endpoint.bindings().get(0).port();
            try (RawPhone phone = RawPhone.udp(new InetSocketAddress("127.0.0.1", port))) {
                for (int i = 0; i < 2000; i++) {
                    byte[] id = new byte[StunBinding.idBytes()];
                    random.nextBytes(id);
                    byte[] valid = answer(StunBinding.request(id), new InetSocketAddress("192.0.2.1", i));
                    byte[] mutated = Arrays.copyOf(valid, 20 + random.nextInt(40));
                    mutated[random.nextInt(mutated.length)] = (byte) random.nextInt(256);
                    StunBinding.mapped(mutated, mutated.length);
                    phone.send(mutated);
                }
                assertThat(new RawCall(phone, "room").ask("OPTIONS", "").status())
                        .as("seed " + seed)
                        .isEqualTo(200);
            }
        }
    }
}
