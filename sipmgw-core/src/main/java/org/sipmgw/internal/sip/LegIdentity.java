package org.sipmgw.internal.sip;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.time.Duration;
import javax.sip.SipProvider;
import javax.sip.header.Header;
import org.jspecify.annotations.Nullable;

/** What we say of ourselves in one dialog: tag, Contact, and the address the peer reaches. */
final class LegIdentity {
    private final SipReplies replies;
    private final String tag;
    private volatile @Nullable Reach reach;
    private final @Nullable SipFlow flow;
    private final SipContact contact;
    private volatile @Nullable InviteAuthorization authorization;
    private volatile SipLegListener listener = NOBODY;

    /** @param reach null where it is not known yet: {@link #reach(Reach)} follows */
    LegIdentity(SipReplies replies, String tag, @Nullable Reach reach, @Nullable SipFlow flow, SipContact contact) {
        this.replies = replies;
        this.tag = tag;
        this.reach = reach;
        this.flow = flow;
        this.contact = contact;
    }

    SipReplies replies() {
        return replies;
    }

    SipProvider provider() {
        return reach().provider();
    }

    /** The address in Via, IPv6 in brackets. */
    String host() {
        return reach().host();
    }

    void reach(Reach found) {
        reach = found;
    }

    private Reach reach() {
        Reach known = reach;
        if (known == null) {
            throw new IllegalStateException("no server yet");
        }
        return known;
    }

    /** The connection for requests of ours, where there is one to use. */
    @Nullable
    SipFlow flow() {
        return flow;
    }

    /** Answers challenges to our requests in the dialog; null where we have no password. */
    @Nullable
    InviteAuthorization authorization() {
        return authorization;
    }

    void authorization(InviteAuthorization credentials) {
        authorization = credentials;
    }

    SipLegListener listener() {
        return listener;
    }

    void listener(SipLegListener told) {
        listener = told;
    }

    Header contact() {
        return replies.contact(reach(), contact);
    }

    /** A response with our tag and Contact. */
    SIPResponse response(SIPRequest request, int status) {
        SIPResponse response = replies.response(request, status, tag);
        response.setHeader(contact());
        return response;
    }

    SIPResponse refusal(SIPRequest request, SipRefusal refusal) {
        SIPResponse response = replies.response(request, refusal.status(), tag);
        if (!refusal.detail().isBlank()) {
            response.setHeader(replies.warning(host(), refusal.detail()));
            response.setHeader(replies.reason(new SipReason(refusal.status(), refusal.detail())));
        }
        refusal.retryAfter()
                .map(Duration::toSeconds)
                .ifPresent(seconds -> response.setHeader(replies.retryAfter(Math.toIntExact(seconds))));
        refusal.contact().ifPresent(uri -> response.setHeader(replies.contact(uri)));
        if (refusal.status() == 415) {
            response.setHeader(replies.accept());
        }
        return response;
    }

    static final SipLegListener NOBODY = new SipLegListener() {
        @Override
        public void onAck(long cseq, java.util.Optional<String> sdp) {}

        @Override
        public void onAckMissing() {}

        @Override
        public void onCancel(java.util.Optional<String> reason) {}

        @Override
        public void onBye(java.util.Optional<String> reason) {}

        @Override
        public void onRequest(SipDialogRequest request) {
            request.refuse(SipRefusal.of(500, "not ready"));
        }

        @Override
        public void onDialogLost(String detail) {}
    };
}
