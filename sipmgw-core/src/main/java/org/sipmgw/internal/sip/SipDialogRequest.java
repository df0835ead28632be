package org.sipmgw.internal.sip;

import gov.nist.javax.sip.message.SIPRequest;
import java.util.Optional;
import javax.sip.ServerTransaction;
import javax.sip.header.HeaderAddress;

/** A request inside a dialog that waits for its answer. Thread-safe; answering does not block. Answer once. */
public final class SipDialogRequest {

    /** What it is. */
    public enum Kind {
        REINVITE,
        UPDATE,
        INFO,
        REFER,
        NOTIFY
    }

    private final Kind kind;
    private final SipLeg leg;
    private final ServerTransaction transaction;
    private final SIPRequest request;

    SipDialogRequest(Kind kind, SipLeg leg, ServerTransaction transaction, SIPRequest request) {
        this.kind = kind;
        this.leg = leg;
        this.transaction = transaction;
        this.request = request;
    }

    /** What it is. */
    public Kind kind() {
        return kind;
    }

    /** The CSeq number. */
    public long cseq() {
        return request.getCSeq().getSeqNumber();
    }

    /** Lower case {@code type/subtype} of the body; empty without a body. */
    public String contentType() {
        return SipBodies.type(request);
    }

    /** The body; empty without one. */
    public String body() {
        return SipBodies.text(request);
    }

    /** The session description in the body. */
    public Optional<String> sdp() {
        return SipBodies.sdp(request);
    }

    /** What it says of the peer. */
    public SipExtensions extensions() {
        return SipExtensions.read(request);
    }

    /** The URI of Refer-To, escaped headers included, and of Referred-By (RFC 3515, RFC 3892); empty where there is none. */
    public Optional<String> uri(String header) {
        return Optional.ofNullable(request.getHeader(header))
                .filter(HeaderAddress.class::isInstance)
                .map(found -> ((HeaderAddress) found).getAddress().getURI().toString());
    }

    /** What a header says; empty where there is none. */
    public Optional<String> header(String name) {
        return Optional.ofNullable(request.getHeader(name))
                .map(found -> found.toString().replaceFirst("^[^:]*:", "").strip());
    }

    /** Answers 202: what comes of it is told later. */
    public void acceptLater() {
        leg.acceptLater(transaction, request);
    }

    /** Answers 200, with a session description where given. */
    public void accept(Optional<String> sdp) {
        accept(sdp, SipSessionTimer.none());
    }

    /** Answers 200 to a session request, with a session description where given. */
    public void accept(Optional<String> sdp, SipSessionTimer timer) {
        leg.reply(transaction, request, sdp, timer);
    }

    /** Answers with a refusal; the dialog goes on. */
    public void refuse(SipRefusal refusal) {
        leg.refuse(transaction, request, refusal);
    }
}
