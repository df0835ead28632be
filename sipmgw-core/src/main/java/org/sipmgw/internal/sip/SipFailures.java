package org.sipmgw.internal.sip;

import gov.nist.javax.sip.message.SIPResponse;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.sip.header.Header;

/** What a refusal says, for people. */
final class SipFailures {
    private static final Pattern QUOTED = Pattern.compile("\"([^\"]*)\"");

    private SipFailures() {}

    /** The Reason or Warning text where there is one, else the reason phrase. */
    static String detail(SIPResponse response, boolean hadCredentials) {
        String phrase = response.getStatusCode() + " "
                + Optional.ofNullable(response.getReasonPhrase()).orElse("");
        if (InviteAuthorization.isChallenge(response.getStatusCode())) {
            return phrase + (hadCredentials ? " (user or password is wrong)" : " (no credentials are given)");
        }
        return SipReplies.reasonOf(response)
                .or(() -> warning(response))
                .map(text -> phrase + " (" + text + ")")
                .orElse(phrase);
    }

    private static Optional<String> warning(SIPResponse response) {
        Header warning = response.getHeader("Warning");
        if (warning == null) {
            return Optional.empty();
        }
        Matcher text = QUOTED.matcher(warning.toString());
        return text.find() ? Optional.of(text.group(1)) : Optional.empty();
    }
}
