package org.sipmgw.internal.sip;

import java.util.Optional;

/**
 * What a dialog's Contact says beside where we are reached.
 *
 * @param user user part; empty where the Contact has none
 * @param parameters of its URI, each with a semicolon before it; empty where there are none
 * @param gruu a whole URI in place of all that, valid from everywhere (RFC 5627); empty where the registrar gave none
 */
public record SipContact(String user, String parameters, Optional<String> gruu) {

    /** Only where we are reached. */
    public static SipContact none() {
        return new SipContact("", "", Optional.empty());
    }

    /** @param authority host and port, and the transport parameter */
    String uri(String authority) {
        return gruu.orElseGet(() -> "sip:" + (user.isEmpty() ? "" : user + "@") + authority + parameters);
    }
}
