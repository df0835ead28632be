package org.sipmgw.internal.sip;

import java.time.Duration;
import java.util.Optional;

/**
 * What one message says of the session timer (RFC 4028). "uac" and "uas" are those of the message's transaction.
 *
 * @param supported whether the sender has the extension
 * @param interval Session-Expires
 * @param refresher who refreshes
 * @param minimum Min-SE
 */
public record SipSessionTimer(
        boolean supported, Optional<Duration> interval, Optional<Refresher> refresher, Optional<Duration> minimum) {

    /** Who refreshes. */
    public enum Refresher {
        UAC,
        UAS
    }

    /** Nothing is said. */
    public static SipSessionTimer none() {
        return new SipSessionTimer(false, Optional.empty(), Optional.empty(), Optional.empty());
    }
}
