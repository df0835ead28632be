package org.sipmgw.internal.sip;

import gov.nist.javax.sip.message.SIPResponse;
import java.time.Duration;
import java.util.Optional;
import javax.sip.header.RetryAfterHeader;

/**
 * The final answer to a request of ours inside a dialog.
 *
 * @param status SIP status; 408 where none came or the request could not be sent
 * @param sdp the session description in it
 * @param extensions what it says of the peer
 * @param retryAfter when to try again
 */
public record SipDialogAnswer(
        int status, Optional<String> sdp, SipExtensions extensions, Optional<Duration> retryAfter) {

    static SipDialogAnswer of(SIPResponse response) {
        Optional<Duration> retryAfter = Optional.ofNullable(response.getHeader(RetryAfterHeader.NAME))
                .filter(RetryAfterHeader.class::isInstance)
                .map(header -> Duration.ofSeconds(((RetryAfterHeader) header).getRetryAfter()));
        return new SipDialogAnswer(
                response.getStatusCode(), SipBodies.sdp(response), SipExtensions.read(response), retryAfter);
    }

    /** No message came. */
    public static SipDialogAnswer none(int status) {
        return new SipDialogAnswer(status, Optional.empty(), SipExtensions.none(), Optional.empty());
    }

    /** Whether it is a 2xx. */
    public boolean success() {
        return status >= 200 && status < 300;
    }
}
