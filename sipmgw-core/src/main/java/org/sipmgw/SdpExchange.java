package org.sipmgw;

import java.security.SecureRandom;
import java.util.List;
import org.sipmgw.sdp.EncryptionPolicy;
import org.sipmgw.sdp.LocalMedia;
import org.sipmgw.sdp.MediaCapabilities;
import org.sipmgw.sdp.NegotiatedStream;
import org.sipmgw.sdp.Negotiation;
import org.sipmgw.sdp.NegotiationException;
import org.sipmgw.sdp.Negotiator;
import org.sipmgw.sdp.SdpException;
import org.sipmgw.sdp.SessionDescription;

/** Offer and answer of one call as text, with the SIP status that a failure deserves. */
final class SdpExchange {
    private static final SecureRandom RANDOM = new SecureRandom();
    private final Negotiator negotiator;

    SdpExchange(LocalMedia media, MediaCapabilities capabilities, EncryptionPolicy encryption) {
        negotiator = new Negotiator(media, capabilities, encryption, RANDOM.nextLong() >>> 2);
    }

    /**
     * One exchange.
     *
     * @param local our description
     * @param streams what is agreed
     */
    record Outcome(String local, List<NegotiatedStream> streams) {}

    /** Our addresses are others from now on. */
    void moved(LocalMedia media) {
        negotiator.moved(media);
    }

    Outcome answer(String offer) throws SdpProblem {
        try {
            return outcome(negotiator.answer(parsed(offer)));
        } catch (NegotiationException e) {
            throw new SdpProblem(488, String.valueOf(e.getMessage()));
        }
    }

    String offer() {
        return negotiator.offer().text();
    }

    /** What is in force, to refresh the session with. */
    String offerAgain() {
        return negotiator.offerAgain().text();
    }

    Outcome accept(String answer) throws SdpProblem {
        SessionDescription description;
        try {
            description = parsed(answer);
        } catch (SdpProblem unreadable) {
            // or no other offer could ever be made
            negotiator.withdraw();
            throw unreadable;
        }
        return accept(description, negotiator::accept);
    }

    /** The final answer has yet to come. */
    Outcome acceptEarly(String answer) throws SdpProblem {
        return accept(parsed(answer), negotiator::acceptEarly);
    }

    private static Outcome accept(SessionDescription answer, Accepting how) throws SdpProblem {
        try {
            Negotiation agreed = how.accept(answer);
            if (agreed.streams().isEmpty()) {
                throw new SdpProblem(488, "the answer refuses all media");
            }
            return outcome(agreed);
        } catch (NegotiationException e) {
            throw new SdpProblem(488, String.valueOf(e.getMessage()));
        }
    }

    /** No answer came, or one that does not parse. */
    void withdraw() {
        negotiator.withdraw();
    }

    private interface Accepting {
        Negotiation accept(SessionDescription answer) throws NegotiationException;
    }

    private static Outcome outcome(Negotiation agreed) {
        return new Outcome(agreed.local().text(), agreed.streams());
    }

    private static SessionDescription parsed(String text) throws SdpProblem {
        try {
            return SessionDescription.parse(text);
        } catch (SdpException e) {
            throw new SdpProblem(400, "session description: " + e.getMessage());
        }
    }
}
