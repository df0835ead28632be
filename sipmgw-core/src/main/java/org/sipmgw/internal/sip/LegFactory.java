package org.sipmgw.internal.sip;

import gov.nist.javax.sip.SipProviderImpl;
import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.header.extensions.ReplacesHeader;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.Locale;
import java.util.Optional;
import java.util.concurrent.Executor;
import javax.sip.Dialog;
import javax.sip.InvalidArgumentException;
import javax.sip.ListeningPoint;
import javax.sip.ServerTransaction;
import javax.sip.SipException;
import javax.sip.SipProvider;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;

/** Makes the legs of new calls: of an INVITE to us, asking whose it is, and of those we place. */
final class LegFactory {
    private final SipReplies replies;
    private final SipEndpoint.Listener listener;
    private final Executor senders;
    private final ContactAddresses contacts;
    private final OutgoingCalls placed = new OutgoingCalls();
    private final SecureRandom random = new SecureRandom();

    LegFactory(SipReplies replies, SipEndpoint.Listener listener, Executor senders, ContactAddresses contacts) {
        this.contacts = contacts;
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
        InetAddress peer = request.getPeerPacketSourceAddress();
        InetAddress local = LocalAddresses.towards(point.getIPAddress(), peer);
        String tag = Long.toHexString(random.nextLong());
        String host = LocalAddresses.inUri(local);
        SipPlace contact = contacts.towards(peer, protocol, new SipPlace(host, point.getPort()));
        Reach reach = new Reach(provider, local, host, point.getPort(), protocol, contact);
        LegIdentity identity = new LegIdentity(replies, tag, reach, flow(request, protocol), SipContact.none());
        SipLeg leg = new SipLeg(InviteReader.read(request, local), transaction, request, identity, senders);
        transaction.getDialog().setApplicationData(leg);
        if (request.getHeader(ReplacesHeader.NAME) instanceof ReplacesHeader header) {
            SipLeg other = replaced(provider, header);
            if (other == null) {
                leg.refuse(SipRefusal.of(Response.CALL_OR_TRANSACTION_DOES_NOT_EXIST, "no such dialog to replace"));
                return;
            }
            leg.replaces(other);
        }
        listener.onInvite(leg);
    }

    /** A call of ours; nothing is sent yet. */
    SipCall place(SipTarget target, CallRouting routing) {
        SipUri uri = SipAddresses.uri(target.uri());
        SerialExecutor sender = new SerialExecutor(senders);
        InviteWriter writer = new InviteWriter(replies, target);
        LegIdentity identity = new LegIdentity(replies, writer.tag(), null, null, target.contact());
        SipInvite invite = new SipInvite(
                writer.callId(),
                0,
                Optional.ofNullable(uri.getUser()),
                SipAddresses.host(uri),
                target.fromUri().orElse(""),
                target.fromName(),
                "",
                Optional.empty(),
                InetAddress.getLoopbackAddress(),
                Optional.empty(),
                Optional.empty(),
                SipExtensions.none());
        SipLeg leg = new SipLeg(invite, identity, sender);
        SipCall call = new SipCall(target, leg, sender, routing, writer, () -> placed.remove(writer.callId()));
        leg.calling(call);
        placed.add(writer.callId(), call);
        return call;
    }

    /** The calls that answers may come for. */
    OutgoingCalls placed() {
        return placed;
    }

    private static @Nullable SipLeg replaced(SipProvider provider, ReplacesHeader header) {
        SIPTransactionStack stack = (SIPTransactionStack) ((SipProviderImpl) provider).getSipStack();
        Dialog dialog =
                header.getToTag() == null || header.getFromTag() == null ? null : stack.getReplacesDialog(header);
        return dialog != null && dialog.getApplicationData() instanceof SipLeg leg ? leg : null;
    }

    private static @Nullable SipFlow flow(SIPRequest request, SipBinding.Protocol protocol) {
        return protocol == SipBinding.Protocol.TLS
                ? new SipFlow(
                        new InetSocketAddress(request.getPeerPacketSourceAddress(), request.getPeerPacketSourcePort()))
                : null;
    }
}
