package org.sipmgw.account;

import java.util.Optional;

/**
 * Who an account is.
 *
 * @param displayName name for people
 * @param user user part, as it stands in the URI
 * @param domain the registrar's domain, with port and transport where they are given
 * @param secure whether the URI is sips:
 */
public record AddressOfRecord(Optional<String> displayName, String user, SipServer domain, boolean secure) {
    public AddressOfRecord {
        if (user.isBlank()) {
            throw new IllegalArgumentException("an account needs a user part");
        }
    }

    /** {@code sip:user@domain}, without port and parameters. */
    public String uri() {
        return (secure ? "sips:" : "sip:") + user + "@" + domain.hostInUri();
    }

    @Override
    public String toString() {
        return uri();
    }
}
