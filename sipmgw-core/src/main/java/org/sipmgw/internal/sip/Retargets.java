package org.sipmgw.internal.sip;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.header.Contact;
import gov.nist.javax.sip.message.SIPResponse;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.sip.header.ContactHeader;
import org.jspecify.annotations.Nullable;

/** The addresses that are still to be tried: those that redirections name (RFC 3261 section 8.1.3.4). Bounded, none twice. */
final class Retargets {
    private static final int MOST = 8;
    private final Deque<SipUri> waiting = new ArrayDeque<>();
    private final Set<String> seen = new HashSet<>();
    private final boolean secureOnly;

    Retargets(SipUri first) {
        secureOnly = first.isSecure();
        add(first);
    }

    private void add(SipUri uri) {
        boolean mayFollow = uri.isSecure() || !secureOnly;
        if (mayFollow && seen.size() < MOST && seen.add(uri.toString().toLowerCase(Locale.ROOT))) {
            waiting.add(uri);
        }
    }

    /** Takes the addresses of a 3xx, the best first; what is no SIP address is passed over. */
    void redirected(SIPResponse response) {
        if (response.getContactHeaders() == null) {
            return;
        }
        List<Contact> contacts = List.copyOf(response.getContactHeaders());
        contacts.stream()
                .sorted(Comparator.comparingDouble(
                                (ContactHeader contact) -> contact.getQValue() < 0 ? 1 : contact.getQValue())
                        .reversed())
                .filter(contact -> contact.getAddress().getURI() instanceof SipUri)
                .forEach(contact -> {
                    try {
                        add(SipAddresses.uri(contact.getAddress().getURI().toString()));
                    } catch (IllegalArgumentException odd) {
                        // a redirection that cannot be followed leaves the others
                        seen.add(contact.toString());
                    }
                });
    }

    @Nullable
    SipUri next() {
        return waiting.poll();
    }
}
