package org.sipmgw.internal.sip.admission;

import java.net.InetAddress;
import org.sipmgw.admission.AdmissionRules;
import org.sipmgw.admission.RateLimit;

/**
 * Looks at datagrams before anything is spent on them: INVITEs far above what the rules allow are dropped unread, so that
 * those in between can be answered 503 and the requests of running calls find their way. Thread-safe.
 */
public final class FloodFilter {
    private static final int ABOVE = 4;
    private static final int MOST = 100_000;
    private static final byte[] INVITE = {'I', 'N', 'V', 'I', 'T', 'E', ' '};
    private final SourceRates perSource;
    private final TotalRate total;

    /** By the rules' rates. */
    public FloodFilter(AdmissionRules rules, long nowNs) {
        perSource = new SourceRates(above(rules.perSource()));
        total = new TotalRate(above(rules.total()), nowNs);
    }

    private static RateLimit above(RateLimit limit) {
        return new RateLimit(Math.min(MOST, limit.perSecond() * ABOVE), Math.min(MOST, limit.burst() * ABOVE));
    }

    /** Whether the datagram is worth reading. */
    public boolean admits(byte[] datagram, int length, InetAddress source, long nowNs) {
        if (length < INVITE.length) {
            return true;
        }
        for (int i = 0; i < INVITE.length; i++) {
            if (datagram[i] != INVITE[i]) {
                return true;
            }
        }
        return perSource.take(source, nowNs) && total.take(nowNs);
    }
}
