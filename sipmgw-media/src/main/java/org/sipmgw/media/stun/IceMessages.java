package org.sipmgw.media.stun;

import java.net.InetSocketAddress;
import java.util.OptionalLong;
import java.util.Random;
import org.sipmgw.media.rtp.Bytes;
import org.sipmgw.sdp.IceSession;

/** Writes and checks the messages of one ICE session (RFC 8445 section 7). */
final class IceMessages {
    /** Of a peer-reflexive candidate that a check may find, RFC 8445 section 7.1.1. */
    private static final int REFLEXIVE_PREFERENCE = 110;

    private final String outgoingUser;
    private final String incomingUser;
    private final StunKey local;
    private final StunKey remote;
    private final Random random;
    final long tieBreaker;

    IceMessages(IceSession session, Random random) {
        outgoingUser = session.remote().ufrag() + ":" + session.local().ufrag();
        incomingUser = session.local().ufrag() + ":" + session.remote().ufrag();
        local = StunKey.shortTerm(session.local().password());
        remote = StunKey.shortTerm(session.remote().password());
        this.random = random;
        tieBreaker = random.nextLong();
    }

    byte[] newId() {
        byte[] id = new byte[Stun.ID_BYTES];
        random.nextBytes(id);
        return id;
    }

    byte[] check(byte[] id, IcePair pair, boolean controlling) {
        byte[] role = new byte[8];
        Bytes.int64(role, 0, tieBreaker);
        long priority = ((long) REFLEXIVE_PREFERENCE << 24) | (pair.localPriority & 0xFF_FFFF);
        StunWriter writer = new StunWriter(Stun.BINDING, Stun.REQUEST, id)
                .text(Stun.USERNAME, outgoingUser)
                .number(Stun.PRIORITY, (int) priority)
                .attribute(controlling ? Stun.ICE_CONTROLLING : Stun.ICE_CONTROLLED, role);
        if (pair.nominating) {
            writer.attribute(Stun.USE_CANDIDATE, new byte[0]);
        }
        return writer.authenticated(remote);
    }

    byte[] success(StunMessage request, InetSocketAddress source) {
        return new StunWriter(Stun.BINDING, Stun.SUCCESS, request.transactionId())
                .address(Stun.XOR_MAPPED_ADDRESS, source)
                .authenticated(local);
    }

    byte[] roleConflict(StunMessage request) {
        return new StunWriter(Stun.BINDING, Stun.ERROR, request.transactionId())
                .attribute(Stun.ERROR_CODE, new byte[] {0, 0, 4, 87})
                .authenticated(local);
    }

    /** Whether a request is the other side's. */
    boolean isGenuine(StunMessage request) {
        return incomingUser.equals(request.text(Stun.USERNAME).orElse("")) && request.isAuthentic(local);
    }

    /** Whether a response is the other side's. */
    boolean isGenuineAnswer(StunMessage response) {
        return response.isAuthentic(remote);
    }

    /** The tie breaker of a side that claims the role; empty where it does not. */
    static OptionalLong claims(StunMessage request, int role) {
        return request.bytes(role)
                .filter(value -> value.length == 8)
                .map(value -> OptionalLong.of(((long) Bytes.int32(value, 0) << 32) | Bytes.uint32(value, 4)))
                .orElse(OptionalLong.empty());
    }
}
