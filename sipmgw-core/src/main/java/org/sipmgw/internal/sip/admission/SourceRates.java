package org.sipmgw.internal.sip.admission;

import java.net.InetAddress;
import java.util.LinkedHashMap;
import java.util.Map;
import org.sipmgw.admission.RateLimit;

/**
 * One bucket for each source; the source that was not heard of for longest makes room for a new one, so a flood from
 * forged addresses costs bounded memory. Thread-safe.
 */
public final class SourceRates {
    private static final int MOST_SOURCES = 4096;
    private static final int IPV6_NETWORK_BYTES = 8;
    private final RateLimit limit;
    private final Map<Source, TokenBucket> buckets = new LinkedHashMap<>(64, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<Source, TokenBucket> eldest) {
            return size() > MOST_SOURCES;
        }
    };

    /** The same limit for every source. */
    public SourceRates(RateLimit limit) {
        this.limit = limit;
    }

    /** Whether the source may, once more. */
    public synchronized boolean take(InetAddress source, long nowNs) {
        return buckets.computeIfAbsent(Source.of(source), one -> new TokenBucket(limit, nowNs))
                .take(nowNs);
    }

    synchronized int size() {
        return buckets.size();
    }

    /** An IPv4 address, or the /64 of an IPv6 one: one customer has all of that. */
    private record Source(long high, int length) {
        static Source of(InetAddress address) {
            byte[] bytes = address.getAddress();
            long high = 0;
            for (int i = 0; i < Math.min(bytes.length, IPV6_NETWORK_BYTES); i++) {
                high = high << Byte.SIZE | (bytes[i] & 0xff);
            }
            return new Source(high, bytes.length);
        }
    }
}
