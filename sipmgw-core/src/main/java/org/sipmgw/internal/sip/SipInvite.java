package org.sipmgw.internal.sip;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;

/**
 * What an INVITE outside a dialog says.
 *
 * @param callId Call-ID
 * @param cseq CSeq number
 * @param requestUser user part of the request URI, unescaped
 * @param requestHost host part of the request URI
 * @param fromUri From URI
 * @param fromName From display name
 * @param source address and port the request came from
 * @param userAgent User-Agent header
 * @param localAddress the address of this machine that the peer reaches
 * @param account the parameter {@code acct} of the request URI: whose Contact was called
 * @param offer the session description; empty for a delayed offer
 * @param extensions what the peer can and demands: the caller, or who answered our INVITE
 */
public record SipInvite(
        String callId,
        long cseq,
        Optional<String> requestUser,
        String requestHost,
        String fromUri,
        Optional<String> fromName,
        String source,
        Optional<String> userAgent,
        InetAddress localAddress,
        Optional<String> account,
        Optional<String> offer,
        SipExtensions extensions) {

    /** Ours, now that its first server is known. */
    SipInvite towards(Reach reach, SipHop hop) {
        String server = LocalAddresses.inUri(hop.address()) + ":" + hop.port();
        return new SipInvite(
                callId,
                cseq,
                requestUser,
                requestHost,
                fromUri,
                fromName,
                server,
                userAgent,
                reach.local(),
                account,
                offer,
                extensions);
    }

    /** Ours, now that it is answered. */
    SipInvite answeredBy(Optional<String> product, SipExtensions theirs) {
        return new SipInvite(
                callId,
                cseq,
                requestUser,
                requestHost,
                fromUri,
                fromName,
                source,
                product,
                localAddress,
                account,
                offer,
                theirs);
    }

    /** The address of {@link #source()}; empty where it is none. */
    public Optional<InetAddress> sourceAddress() {
        String host = source.replaceFirst(":\\d+$", "").replaceAll("[\\[\\]]", "");
        if (!host.matches("[0-9.]+|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*")) {
            return Optional.empty();
        }
        try {
            // a literal: nothing is looked up
            return Optional.of(InetAddress.getByName(host));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }
}
