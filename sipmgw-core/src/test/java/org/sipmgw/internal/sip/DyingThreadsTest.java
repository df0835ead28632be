package org.sipmgw.internal.sip;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.admission.AdmissionRules;
import org.sipmgw.admission.RateLimit;
import org.sipmgw.rawsip.RawCall;
import org.sipmgw.rawsip.RawPhone;
import org.sipmgw.tls.TlsSettings;

/** Threads of the stack that die of an error, as they do without memory, do not make it deaf. */
@Tag("dialog")
class DyingThreadsTest {
    private static final int DEATHS = 24;

    @Test
    void hearsOnThoughEveryThreadThatReadsUdpHasDied() throws IOException, InterruptedException {
        AtomicInteger deaths = new AtomicInteger();
        RateLimit unbounded = new RateLimit(100_000, 100_000);
        SipSettings settings = new SipSettings(
                "test",
                1000,
                TlsSettings.defaults(),
                AdmissionRules.defaults().withRates(unbounded, unbounded),
                Duration.ofSeconds(1),
                0,
                Duration.ofSeconds(90),
                Optional.empty());
        try (SipEndpoint endpoint = SipEndpoint.open(
                List.of(new SipBinding(SipBinding.Protocol.UDP, "127.0.0.1", 0)),
                settings,
                (host, port, transport, secure) -> List.of(),
                leg -> {
                    deaths.incrementAndGet();
                    throw new OutOfMemoryError("made by a test");
                })) {
            int port = endpoint.bindings().get(0).port();
            try (RawPhone phone = RawPhone.udp(new InetSocketAddress("127.0.0.1", port))) {
                for (int i = 0; i < DEATHS; i++) {
                    new RawCall(phone, "room" + i).sendInvite(RawCall.offer());
                }
                long deadline = System.nanoTime() + 10_000_000_000L;
                while (deaths.get() < DEATHS && System.nanoTime() < deadline) {
                    Thread.sleep(20);
                }
                assertThat(deaths).as("more than there are threads").hasValue(DEATHS);
                assertThat(new RawCall(phone, "room").ask("OPTIONS", "").status())
                        .isEqualTo(200);
            }
        }
    }
}
