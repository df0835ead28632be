package org.sipmgw.internal.sip;

import gov.nist.javax.sip.message.SIPMessage;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;
import java.util.StringJoiner;
import javax.sip.address.Address;
import javax.sip.address.SipURI;
import javax.sip.header.ServerHeader;
import javax.sip.header.UserAgentHeader;
import org.jspecify.annotations.Nullable;

/** Reads an INVITE into plain values. */
final class InviteReader {
    private InviteReader() {}

    static SipInvite read(SIPRequest request, InetAddress localAddress) {
        SipURI uri = (SipURI) request.getRequestURI();
        Address from = request.getFrom().getAddress();
        return new SipInvite(
                request.getCallId().getCallId(),
                request.getCSeq().getSeqNumber(),
                Optional.ofNullable(uri.getUser()).map(InviteReader::unescaped).filter(user -> !user.isEmpty()),
                uri.getHost(),
                fromUri(from),
                Optional.ofNullable(from.getDisplayName()).map(String::strip).filter(name -> !name.isEmpty()),
                request.getPeerPacketSourceAddress().getHostAddress() + ":" + request.getPeerPacketSourcePort(),
                userAgent(request),
                localAddress,
                Optional.ofNullable(uri.getParameter("acct")).filter(token -> !token.isEmpty()),
                SipBodies.sdp(request),
                SipExtensions.read(request));
    }

    private static String fromUri(Address from) {
        if (from.getURI() instanceof SipURI uri) {
            String user = uri.getUser() == null ? "" : unescaped(uri.getUser()) + "@";
            return uri.getScheme() + ":" + user + uri.getHost();
        }
        return from.getURI().toString();
    }

    /** What the answering side calls itself. */
    static Optional<String> server(SIPResponse response) {
        return response.getHeader(ServerHeader.NAME) instanceof ServerHeader header
                ? Optional.of(products(header.getProduct()))
                : userAgent(response);
    }

    private static Optional<String> userAgent(SIPMessage message) {
        return message.getHeader(UserAgentHeader.NAME) instanceof UserAgentHeader header
                ? Optional.of(products(header.getProduct()))
                : Optional.empty();
    }

    /** @param parts null where the header is there and names nothing */
    private static String products(@Nullable Iterator<?> parts) {
        StringJoiner products = new StringJoiner(" ");
        while (parts != null && parts.hasNext()) {
            products.add(String.valueOf(parts.next()).strip());
        }
        return products.toString();
    }

    /** Undoes percent-encoding; what is badly encoded stays as it is. */
    private static String unescaped(String user) {
        try {
            return URLDecoder.decode(user.replace("+", "%2B"), StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            return user;
        }
    }
}
