package org.sipmgw.internal.sip;

import gov.nist.javax.sip.message.SIPRequest;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.concurrent.Executor;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipProvider;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/** Makes the leg of a new INVITE and asks whose it is. */
final class LegFactory {
    private final SipReplies replies;
    private final SipEndpoint.Listener listener;
    private final Executor senders;
    private final SecureRandom random = new SecureRandom();

    LegFactory(SipReplies replies, SipEndpoint.Listener listener, Executor senders) {
        this.replies = replies;
        this.listener = listener;
        this.senders = senders;
    }

    void invited(SipProvider provider, @Nullable ServerTransaction mapped, SIPRequest request)
            throws SipException, InvalidArgumentException {
        ServerTransaction transaction = mapped == null ? provider.getNewServerTransaction(request) : mapped;
        transaction.sendResponse(replies.response(request, Response.TRYING, ""));
        SipBinding.Protocol protocol = SipBinding.Protocol.valueOf(
                request.getTopmostVia().getTransport().toUpperCase(Locale.ROOT));
        ListeningPoint point = provider.getListeningPoint(protocol.name());
        InetAddress local = LocalAddresses.towards(point.getIPAddress(), request.getPeerPacketSourceAddress());
        String tag = Long.toHexString(random.nextLong());
        LegIdentity identity =
                new LegIdentity(replies, provider, tag, local, point.getPort(), protocol, flow(request, protocol));
        SipLeg leg = new SipLeg(InviteReader.read(request, local), transaction, request, identity, senders);
        transaction.getDialog().setApplicationData(leg);
        listener.onInvite(leg);
    }

    private static @Nullable SipFlow flow(SIPRequest request, SipBinding.Protocol protocol) {
        return protocol == SipBinding.Protocol.TLS
                ? new SipFlow(
                        new InetSocketAddress(request.getPeerPacketSourceAddress(), request.getPeerPacketSourcePort()))
                : null;
    }
}
