package org.sipmgw.internal.sip;

import java.time.Duration;
import java.util.Optional;

/**
 * A final answer that says no.
 *
 * @param status 300 to 699
 * @param detail for people, sent as Warning and as Reason text
 * @param retryAfter when to try again
 * @param contact the URI to call instead, of a 3xx
 */
public record SipRefusal(int status, String detail, Optional<Duration> retryAfter, Optional<String> contact) {

    /** Without an address. */
    public SipRefusal(int status, String detail, Optional<Duration> retryAfter) {
        this(status, detail, retryAfter, Optional.empty());
    }

    /** Without Retry-After. */
    public static SipRefusal of(int status, String detail) {
        return new SipRefusal(status, detail, Optional.empty());
    }
}
