package org.sipmgw.internal.sip;

import java.time.Duration;
import java.util.Optional;

/**
 * A final answer that says no.
 *
 * @param status 300 to 699
 * @param detail for people, sent as Warning and as Reason text
 * @param retryAfter when to try again
 */
public record SipRefusal(int status, String detail, Optional<Duration> retryAfter) {

    /** Without Retry-After. */
    public static SipRefusal of(int status, String detail) {
        return new SipRefusal(status, detail, Optional.empty());
    }
}
