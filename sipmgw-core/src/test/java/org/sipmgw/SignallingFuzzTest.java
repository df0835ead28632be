package org.sipmgw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.fakes.TestGateway;
import org.sipmgw.rawsip.RawCall;
import org.sipmgw.rawsip.RawPhone;

/** Real messages with bytes, lines and numbers put wrong, by UDP and TCP: the gateway lives and answers the next good one. */
@Tag("fuzz")
class SignallingFuzzTest {
    private static final long SEED = 20261124;
    private static final List<String> NASTY = List.of(
            "",
            "\r\n",
            "\0",
            "%",
            "<",
            "\"",
            ";",
            ":",
            "@",
            "-1",
            "99999999999999999999",
            "\u00e9",
            "SIP/2.0",
            "[",
            "sip:");

    @Test
    void survivesAFewThousandBrokenMessages() throws IOException {
        survive(Duration.ofSeconds(12));
    }

    @Test
    @Tag("long")
    void survivesTenMinutesOfBrokenMessages() throws IOException {
        survive(Duration.ofMinutes(10));
    }

    private static void survive(Duration time) throws IOException {
        Random random = new Random(SEED);
        long deadline = System.nanoTime() + time.toNanos();
        int sent = 0;
        try (TestGateway gateway = new TestGateway(GatewayConfig.defaults().withMaxCalls(1000))) {
            while (System.nanoTime() < deadline) {
                boolean udp = random.nextInt(4) > 0;
                try (RawPhone phone = udp
                        ? RawPhone.udp(gateway.address(Transport.UDP))
                        : RawPhone.tcp(gateway.address(Transport.TCP))) {
                    for (int i = 0; i < 20; i++) {
                        phone.send(mutated(random, original(random, phone)));
                        sent++;
                    }
                } catch (java.io.UncheckedIOException closedByGateway) {
                    assertThat(udp).as("only TCP connections may be closed").isFalse();
                }
                assertAlive(gateway, Transport.UDP, sent);
                assertAlive(gateway, Transport.TCP, sent);
            }
        }
        assertThat(sent).as("messages, seed " + SEED).isGreaterThan(500);
    }

    private static void assertAlive(TestGateway gateway, Transport transport, int sent) throws IOException {
        try (RawPhone phone = transport == Transport.UDP
                ? RawPhone.udp(gateway.address(transport))
                : RawPhone.tcp(gateway.address(transport))) {
            assertThat(phone.ask(new RawCall(phone, "alive").request("OPTIONS", ""), "1 OPTIONS")
                            .status())
                    .as("after " + sent + " messages, seed " + SEED)
                    .isEqualTo(200);
        }
    }

    private static String original(Random random, RawPhone phone) {
        RawCall call = new RawCall(phone, "room" + random.nextInt(5));
        return switch (random.nextInt(8)) {
            case 0, 1, 2 -> call.request("INVITE", RawCall.offer(), RawCall.SDP_TYPE);
            case 3 -> call.request("OPTIONS", "");
            case 4 -> call.request("BYE", "");
            case 5 -> call.request("INFO", "Signal=1\r\n", "Content-Type: application/dtmf-relay");
            case 6 -> call.request("ACK", "");
            default -> "SIP/2.0 200 OK\r\n" + call.request("OPTIONS", "").replaceFirst("OPTIONS.*\r\n", "");
        };
    }

    private static byte[] mutated(Random random, String message) {
        byte[] bytes = message.getBytes(StandardCharsets.UTF_8);
        int changes = random.nextInt(4);
        for (int i = 0; i <= changes && bytes.length > 2; i++) {
            int at = random.nextInt(bytes.length);
            bytes = switch (random.nextInt(5)) {
                case 0 -> flipped(bytes, at, random);
                case 1 -> Arrays.copyOf(bytes, at);
                case 2 ->
                    spliced(bytes, at, NASTY.get(random.nextInt(NASTY.size())).getBytes(StandardCharsets.UTF_8), 0);
                case 3 -> spliced(bytes, at, new byte[0], random.nextInt(30));
                default -> spliced(bytes, at, Arrays.copyOfRange(bytes, at, Math.min(bytes.length, at + 200)), 0);
            };
        }
        return bytes;
    }

    private static byte[] flipped(byte[] bytes, int at, Random random) {
        bytes[at] = (byte) random.nextInt(256);
        return bytes;
    }

    private static byte[] spliced(byte[] bytes, int at, byte[] inserted, int removed) {
        int rest = Math.min(bytes.length, at + removed);
        byte[] made = new byte[at + inserted.length + bytes.length - rest];
        System.arraycopy(bytes, 0, made, 0, at);
        System.arraycopy(inserted, 0, made, at, inserted.length);
        System.arraycopy(bytes, rest, made, at + inserted.length, bytes.length - rest);
        return made;
    }
}
