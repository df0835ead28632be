package org.sipmgw.sdp;

import java.util.List;
import java.util.Optional;

/**
 * The offer/answer state of one SIP dialog (RFC 3264): turns the other side's descriptions into ours and into
 * {@link NegotiatedStream}s. Does no I/O, keeps no time; not thread-safe.
 *
 * <p>All media lines are answered in order. The first audio line and the first video line that can be carried are
 * accepted, everything else is refused with port 0. Of one accepted line one codec is answered, by these rules: among
 * the formats that both sides can, the offerer's order, except that Opus wins over G.722 and both over G.711, and H.264
 * in packetization mode 1 over mode 0. Payload type, profile and packetization mode are those of the offer, level and
 * bounds our own.
 *
 * <p>A line is protected as the {@link EncryptionPolicy} says. A later exchange keeps our keys and our DTLS association
 * as long as the other side keeps its own, else both are new.
 *
 * <p>{@code o=} keeps its session id; its version rises by one with each description that differs from the last one
 * sent. An exchange that fails leaves in force what was agreed before.
 */
public final class Negotiator {

    private final MediaCapabilities capabilities;
    private final EncryptionPolicy policy;
    private LocalLines local;
    private Answerer answerer;
    private Offerer offerer;
    private final long sessionId;

    private Optional<SessionDescription> lastSent = Optional.empty();
    private Optional<SessionDescription> pendingOffer = Optional.empty();
    private Optional<SessionDescription> inForce = Optional.empty();
    private List<MediaDescription> ours = List.of();
    private List<MediaDescription> theirs = List.of();
    private Optional<SessionDescription> lastReceived = Optional.empty();
    private List<NegotiatedStream> streams = List.of();

    /**
     * A dialog without an exchange yet.
     *
     * @param media our reserved addresses; a port 0 means no media of that kind
     * @param capabilities what the media engine can
     * @param sessionId for {@code o=}, not negative, random or a clock's value
     */
    public Negotiator(LocalMedia media, MediaCapabilities capabilities, long sessionId) {
        this(media, capabilities, EncryptionPolicy.preferred(), sessionId);
    }

    /** As above, with another policy than {@link EncryptionPolicy#preferred()}. */
    public Negotiator(LocalMedia media, MediaCapabilities capabilities, EncryptionPolicy policy, long sessionId) {
        if (sessionId < 0) {
            throw new IllegalArgumentException("sessionId is negative: " + sessionId);
        }
        this.capabilities = capabilities;
        this.policy = policy;
        this.local = new LocalLines(media, capabilities, policy);
        this.answerer = new Answerer(local);
        this.offerer = new Offerer(local);
        this.sessionId = sessionId;
    }

    /** Our addresses are others from now on: the next offer or answer states them. */
    public void moved(LocalMedia media) {
        local = new LocalLines(media, capabilities, policy);
        answerer = new Answerer(local);
        offerer = new Offerer(local);
    }

    /**
     * Answers an offer, the first or a later one.
     *
     * @throws NegotiationException when no media line can be accepted: answer 488
     * @throws IllegalStateException while an own offer waits for its answer: answer 491
     */
    public Negotiation answer(SessionDescription offer) throws NegotiationException {
        if (pendingOffer.isPresent()) {
            throw new IllegalStateException("an own offer waits for its answer");
        }
        Exchange exchange = answerer.answer(offer, streams);
        // RFC 3264 section 6: t= of the answer equals that of the offer
        List<SdpLine> timing =
                offer.timing().stream().filter(line -> line.type() != 'k').toList();
        SessionDescription answer = send(exchange.lines(), timing);
        return agree(answer, offer, exchange);
    }

    /**
     * Offers all that we can: in the 200 of an INVITE without an offer, or in an own re-INVITE. Before the answer,
     * calling it again gives the same offer.
     */
    public SessionDescription offer() {
        if (pendingOffer.isEmpty()) {
            pendingOffer = Optional.of(send(offerer.offer(ours, theirs, streams), List.of(SdpLine.permanent())));
        }
        return pendingOffer.get();
    }

    /**
     * Offers what is in force, unchanged: to refresh the session (RFC 4028 section 7.4). What was sent last keeps its
     * version. Without an earlier exchange it is {@link #offer()}.
     */
    public SessionDescription offerAgain() {
        if (pendingOffer.isEmpty() && inForce.isPresent()) {
            pendingOffer = inForce.map(agreed -> send(agreed.media(), agreed.timing()));
        }
        return offer();
    }

    /**
     * Takes the answer to {@link #offer()}. Refused lines have no stream; with all lines refused the list is empty.
     *
     * @throws NegotiationException when the answer does not fit the offer; the offer counts as withdrawn
     * @throws IllegalStateException when there was no offer
     */
    public Negotiation accept(SessionDescription answer) throws NegotiationException {
        SessionDescription offer = pendingOffer.orElseThrow(() -> new IllegalStateException("no offer was made"));
        pendingOffer = Optional.empty();
        if (offer.media().equals(ours)
                && lastReceived.filter(answer::saysTheSame).isPresent()) {
            // a refresh: what an answer of ours agreed on stays as it is
            return new Negotiation(offer, streams, false);
        }
        return agree(offer, answer, offerer.accept(offer, answer, streams));
    }

    /**
     * Takes an answer that is not the last word yet, of a provisional response (RFC 3261 section 13.2.1): the offer goes on
     * waiting, and whatever answer comes next replaces this one.
     *
     * @throws NegotiationException when the answer does not fit the offer; nothing has changed
     * @throws IllegalStateException when there was no offer
     */
    public Negotiation acceptEarly(SessionDescription answer) throws NegotiationException {
        Optional<SessionDescription> offer = pendingOffer;
        try {
            return accept(answer);
        } finally {
            pendingOffer = offer;
        }
    }

    /** Takes back an offer that the other side refused (4xx, 491 included) or never answered. */
    public void withdraw() {
        pendingOffer = Optional.empty();
    }

    /** What is in force now. */
    public List<NegotiatedStream> streams() {
        return streams;
    }

    private Negotiation agree(SessionDescription mine, SessionDescription other, Exchange exchange) {
        boolean changed = !exchange.streams().equals(streams);
        inForce = Optional.of(mine);
        ours = mine.media();
        theirs = other.media();
        lastReceived = Optional.of(other);
        streams = List.copyOf(exchange.streams());
        return new Negotiation(mine, streams, changed);
    }

    private SessionDescription send(List<MediaDescription> lines, List<SdpLine> timing) {
        long version =
                lastSent.map(sent -> sent.origin().version().longValueExact()).orElse(1L);
        Origin origin = new Origin("-", Long.toString(sessionId), Long.toString(version), local.connection());
        SessionDescription next = new SessionDescription(
                origin, "-", List.of(), Optional.of(local.connection()), List.of(), timing, List.of(), lines);
        if (lastSent.isPresent() && !lastSent.get().equals(next)) {
            next = next.withVersion(version + 1);
        }
        lastSent = Optional.of(next);
        return next;
    }
}
