package org.sipmgw.internal.sip;

import gov.nist.javax.sip.message.SIPRequest;
import java.net.InetAddress;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Iterator;
import java.util.Optional;
import java.util.StringJoiner;
import javax.sip.address.Address;
import javax.sip.address.SipURI;
import javax.sip.header.UserAgentHeader;

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
                SipBodies.sdp(request));
    }

    private static String fromUri(Address from) {
        if (from.getURI() instanceof SipURI uri) {
            String user = uri.getUser() == null ? "" : unescaped(uri.getUser()) + "@";
            return uri.getScheme() + ":" + user + uri.getHost();
        }
        return from.getURI().toString();
    }

    private static Optional<String> userAgent(SIPRequest request) {
        if (!(request.getHeader(UserAgentHeader.NAME) instanceof UserAgentHeader header)) {
            return Optional.empty();
        }
        StringJoiner products = new StringJoiner(" ");
        Iterator<?> parts = header.getProduct();
        while (parts.hasNext()) {
            products.add(String.valueOf(parts.next()).strip());
        }
        return Optional.of(products.toString());
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
