package org.sipmgw.examples;

import java.util.Set;
import org.sipmgw.CallListener;
import org.sipmgw.IncomingCall;

/**
 * Takes calls of known room systems, sends one group elsewhere and declines the others. Give it to {@code
 * Gateway.builder().listener(...)}; with {@code answering(AnswerPolicy.manual(...))} it may also decide later.
 */
public final class KnownCallers implements CallListener {
    private final Set<String> known;
    private final String helpDesk;

    /**
     * @param known From URIs that are let in
     * @param helpDesk where callers of the own domain who are not known go, a SIP URI
     */
    public KnownCallers(Set<String> known, String helpDesk) {
        this.known = Set.copyOf(known);
        this.helpDesk = helpDesk;
    }

    @Override
    public void onIncoming(IncomingCall call) {
        String from = call.request().fromUri();
        if (known.contains(from)) {
            call.accept();
        } else if (from.endsWith("@example.org")) {
            call.redirect(helpDesk);
        } else {
            call.reject(403, "This room system is not known here");
        }
    }
}
