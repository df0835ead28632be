package org.sipmgw.internal.sip.registration;

import java.util.Optional;
import java.util.regex.Pattern;
import org.sipmgw.internal.sip.SipAnswer;

/**
 * What makes a flow's registration its own.
 *
 * @param callId of its REGISTERs
 * @param tag of its From
 * @param token stands in its Contact, so that calls that come by it are known
 * @param instance URN of this gateway's instance of the account (RFC 5626 section 4.1)
 * @param number reg-id, from 1
 */
record FlowIdentity(String callId, String tag, String token, String instance, int number) {
    /** The parameter of the Contact URI that holds the token. */
    static final String PARAMETER = "acct";

    private static final Pattern EXPIRES =
            Pattern.compile(">.*;\\s*expires\\s*=\\s*(\\d{1,9})", Pattern.CASE_INSENSITIVE);
    private static final Pattern GRUU = Pattern.compile("pub-gruu\\s*=\\s*\"([^\"]+)\"", Pattern.CASE_INSENSITIVE);

    /** The life that the registrar gave this Contact, in seconds; of a list that holds others too only ours counts. */
    Optional<Integer> expires(SipAnswer answer) {
        return ours(answer)
                .flatMap(contact ->
                        EXPIRES.matcher(contact).results().findFirst().map(found -> Integer.valueOf(found.group(1))))
                .or(() -> answer.seconds("Expires"));
    }

    /** The public GRUU that the registrar gave (RFC 5627). */
    Optional<String> gruu(SipAnswer answer) {
        return ours(answer)
                .flatMap(contact -> GRUU.matcher(contact).results().findFirst().map(found -> found.group(1)));
    }

    private Optional<String> ours(SipAnswer answer) {
        return answer.all("Contact").stream()
                .filter(contact -> contact.contains(PARAMETER + "=" + token))
                .findFirst();
    }
}
