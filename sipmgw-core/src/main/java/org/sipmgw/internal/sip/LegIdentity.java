package org.sipmgw.internal.sip;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.net.InetAddress;
import java.time.Duration;
import javax.sip.SipProvider;
import org.jspecify.annotations.Nullable;

/** What we say of ourselves in one dialog: tag, Contact, and the address the peer reaches. */
final class LegIdentity {
    private final SipReplies replies;
    private final SipProvider provider;
    private final String tag;
    private final String host;
    private final int port;
    private final SipBinding.Protocol protocol;
    private final @Nullable SipFlow flow;
    private volatile SipLegListener listener = NOBODY;

    LegIdentity(
            SipReplies replies,
            SipProvider provider,
            String tag,
            InetAddress address,
            int port,
            SipBinding.Protocol protocol,
            @Nullable SipFlow flow) {
        this.replies = replies;
        this.provider = provider;
        this.tag = tag;
        this.host = LocalAddresses.inUri(address);
        this.port = port;
        this.protocol = protocol;
        this.flow = flow;
    }

    SipReplies replies() {
        return replies;
    }

    SipProvider provider() {
        return provider;
    }

    /** The address in Via and Contact, IPv6 in brackets. */
    String host() {
        return host;
    }

    /** The connection for requests of ours, where there is one to use. */
    @Nullable
    SipFlow flow() {
        return flow;
    }

    SipLegListener listener() {
        return listener;
    }

    void listener(SipLegListener told) {
        listener = told;
    }

    /** A response with our tag and Contact. */
    SIPResponse response(SIPRequest request, int status) {
        SIPResponse response = replies.response(request, status, tag);
        response.setHeader(replies.contact(host, port, protocol));
        return response;
    }

    SIPResponse refusal(SIPRequest request, SipRefusal refusal) {
        SIPResponse response = replies.response(request, refusal.status(), tag);
        if (!refusal.detail().isBlank()) {
            response.setHeader(replies.warning(host, refusal.detail()));
            response.setHeader(replies.reason(new SipReason(refusal.status(), refusal.detail())));
        }
        refusal.retryAfter()
                .map(Duration::toSeconds)
                .ifPresent(seconds -> response.setHeader(replies.retryAfter(Math.toIntExact(seconds))));
        if (refusal.status() == 415) {
            response.setHeader(replies.accept());
        }
        return response;
    }

    private static final SipLegListener NOBODY = new SipLegListener() {
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
