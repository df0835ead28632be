package org.sipmgw.internal.sip;

import gov.nist.javax.sip.Utils;
import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.header.CSeq;
import gov.nist.javax.sip.header.CallID;
import gov.nist.javax.sip.header.From;
import gov.nist.javax.sip.header.MaxForwards;
import gov.nist.javax.sip.header.To;
import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPRequest;
import java.nio.charset.StandardCharsets;
import java.text.ParseException;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import javax.sip.InvalidArgumentException;
import javax.sip.message.Request;

/** Writes the INVITEs of one call: the same Call-ID and From each time (RFC 3261 section 8.1.3.4), CSeq one up. */
final class InviteWriter {
    private final SipReplies replies;
    private final SipTarget target;
    private final String callId = UUID.randomUUID().toString();
    private final String tag = Utils.getInstance().generateTag();
    private long cseq;

    InviteWriter(SipReplies replies, SipTarget target) {
        this.replies = replies;
        this.target = target;
    }

    String callId() {
        return callId;
    }

    /** Our From tag. */
    String tag() {
        return tag;
    }

    /** The next INVITE. */
    SIPRequest next(SipUri uri, SipHop hop, Reach reach, String sdp) {
        try {
            SIPRequest request = new SIPRequest();
            request.setMethod(Request.INVITE);
            SipUri requestUri = (SipUri) uri.clone();
            // headers in a URI are for the message, not for the request line (RFC 3261 section 19.1.5); none are taken
            requestUri.clearQheaders();
            requestUri.removeParameter("method");
            request.setRequestURI(requestUri);
            request.setVia(List.of(via(reach)));
            request.setMaxForwards(new MaxForwards(70));
            request.setFrom(from(reach));
            request.setTo(to());
            request.setCallId(new CallID(callId));
            cseq++;
            request.setCSeq(new CSeq(cseq, Request.INVITE));
            request.setHeader(replies.contact(reach, target.contact()));
            for (String route : target.routes()) {
                request.addHeader(replies.route(SipAddresses.uri(route)));
            }
            replies.addCapabilities(request);
            request.setHeader(replies.userAgent());
            request.setContent(
                    sdp.getBytes(StandardCharsets.UTF_8),
                    replies.headers().createContentTypeHeader("application", "sdp"));
            request.setApplicationData(hop);
            return request;
        } catch (ParseException | InvalidArgumentException e) {
            throw new IllegalStateException(e);
        }
    }

    private static Via via(Reach reach) throws ParseException, InvalidArgumentException {
        Via via = new Via();
        via.setHost(reach.host());
        via.setPort(reach.port());
        via.setTransport(reach.protocol().name());
        via.setBranch(Utils.getInstance().generateBranchId());
        via.setRPort();
        return via;
    }

    private From from(Reach reach) throws ParseException {
        From from = new From();
        String own = "sip:" + reach.host();
        from.setAddress(SipAddresses.named(SipAddresses.uri(target.fromUri().orElse(own)), target.fromName()));
        from.setTag(tag);
        return from;
    }

    private To to() {
        To to = new To();
        to.setAddress(SipAddresses.named(SipAddresses.uri(target.uri()), Optional.empty()));
        return to;
    }
}
