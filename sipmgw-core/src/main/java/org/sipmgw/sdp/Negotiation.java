package org.sipmgw.sdp;

import java.util.List;

/**
 * The outcome of one offer/answer exchange.
 *
 * @param local our description: the answer to send, or the offer that was accepted
 * @param streams the accepted media lines in order; empty when all are refused or removed
 * @param changed whether {@code streams} differs from what was agreed before
 */
public record Negotiation(SessionDescription local, List<NegotiatedStream> streams, boolean changed) {

    public Negotiation {
        streams = List.copyOf(streams);
    }
}
