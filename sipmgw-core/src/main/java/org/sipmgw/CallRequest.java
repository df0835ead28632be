package org.sipmgw;

import java.util.Optional;
import org.sipmgw.account.Account;

/**
 * What an INVITE says of itself.
 *
 * @param callId SIP Call-ID
 * @param requestUser user part of the request URI, unescaped; empty where it has none
 * @param requestHost host part of the request URI
 * @param fromUri From URI
 * @param fromName From display name
 * @param source address and port the request came from
 * @param userAgent User-Agent header
 * @param account the account that was called, or that calls; empty where it is the gateway itself
 */
public record CallRequest(
        String callId,
        Optional<String> requestUser,
        String requestHost,
        String fromUri,
        Optional<String> fromName,
        String source,
        Optional<String> userAgent,
        Optional<Account> account) {

    /** The name to show in the conference: display name, else user part of the From URI, else "Meeting room". */
    public String displayName() {
        return fromName.filter(name -> !name.isBlank()).orElseGet(() -> {
            int at = fromUri.indexOf('@');
            int colon = fromUri.indexOf(':');
            return at > colon + 1 && colon >= 0 ? fromUri.substring(colon + 1, at) : "Meeting room";
        });
    }
}
