package org.sipmgw.internal.sip.admission;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.net.UnknownHostException;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.admission.RateLimit;

@Tag("dialog")
class SourceRatesTest {
    private static final long SECOND_NS = 1_000_000_000L;

    private static InetAddress address(String text) throws UnknownHostException {
        return InetAddress.getByName(text);
    }

    private static int taken(SourceRates rates, InetAddress source, int attempts, long nowNs) {
        int taken = 0;
        for (int i = 0; i < attempts; i++) {
            taken += rates.take(source, nowNs) ? 1 : 0;
        }
        return taken;
    }

    @Test
    void allowsABurstAndThenTheRate() throws UnknownHostException {
        SourceRates rates = new SourceRates(new RateLimit(10, 25));
        InetAddress source = address("192.0.2.1");
        long startNs = Long.MAX_VALUE - SECOND_NS;
        assertThat(taken(rates, source, 100, startNs)).isEqualTo(25);
        assertThat(taken(rates, source, 100, startNs + SECOND_NS)).isEqualTo(10);
        assertThat(taken(rates, source, 100, startNs + 60 * SECOND_NS))
                .as("over the clock's end")
                .isEqualTo(25);
    }

    @Test
    void keepsSourcesApartAndTakesAnIpv6NetworkForOne() throws UnknownHostException {
        SourceRates rates = new SourceRates(new RateLimit(1, 2));
        assertThat(taken(rates, address("192.0.2.1"), 5, 0)).isEqualTo(2);
        assertThat(taken(rates, address("192.0.2.2"), 5, 0)).isEqualTo(2);
        assertThat(taken(rates, address("2001:db8::1"), 5, 0)).isEqualTo(2);
        assertThat(taken(rates, address("2001:db8::ffff"), 5, 0)).isZero();
        assertThat(taken(rates, address("2001:db8:0:1::1"), 5, 0)).isEqualTo(2);
    }

    @Test
    void remembersABoundedNumberOfSources() throws UnknownHostException {
        SourceRates rates = new SourceRates(new RateLimit(1, 1));
        for (int i = 0; i < 20_000; i++) {
            byte[] forged = {10, (byte) (i >> 16), (byte) (i >> 8), (byte) i};
            rates.take(InetAddress.getByAddress(forged), 0);
        }
        assertThat(rates.size()).isLessThanOrEqualTo(4096);
    }
}
