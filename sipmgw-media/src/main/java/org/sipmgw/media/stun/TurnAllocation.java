package org.sipmgw.media.stun;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sipmgw.account.Credentials;

/**
 * The client's half of one allocation (RFC 8656): made, kept alive, with permissions and channels for peers, deleted at
 * the end. Does no I/O and keeps no time; belongs to the media thread.
 */
final class TurnAllocation {
    private static final int UDP = 17 << 24;
    private static final int WANTED_LIFETIME_S = 600;
    private static final int LONGEST_TEXT = 763;
    private static final int CHALLENGES = 3;
    private static final long SECOND_NS = 1_000_000_000L;
    /** Permissions last 5 minutes, channels 10 (RFC 8656 sections 9 and 12). */
    private static final long PEER_REFRESH_NS = 240 * SECOND_NS;
    /** After this long without a word of the server it is asked whether it is still there. */
    private static final long PROBE_NS = 10 * SECOND_NS;

    private final Optional<Credentials> credentials;
    private final boolean reliable;
    private final Output output;
    private final Listener listener;
    private final Random random;
    private final List<StunTransaction> open = new ArrayList<>();
    private String realm = "";
    private String nonce = "";
    private @Nullable StunKey key;
    private State state = State.NEW;
    /** Neighbouring ports are a wish, for peers that know no a=rtcp. */
    private boolean wishes = true;

    private long refreshNs;
    private long heardNs;

    private enum State {
        NEW,
        ALLOCATING,
        ALLOCATED,
        ENDED
    }

    /** Sends one message to the server. */
    interface Output {
        /** False where it could not be sent now. */
        boolean send(byte[] message);
    }

    /** What became of it. */
    interface Listener {
        /** The addresses are ours. */
        void allocated(TurnAddresses addresses);

        /** There is no allocation, or no longer one; the last call. */
        void failed(String detail);

        /** A peer is relayed to. */
        void permitted(TurnPeer peer);

        /** A peer is not relayed to. */
        void refused(TurnPeer peer, String detail);
    }

    /**
     * An allocation to be made.
     *
     * @param reliable whether the server is reached by a stream, so that nothing is sent twice
     */
    TurnAllocation(
            Optional<Credentials> credentials, boolean reliable, Output output, Listener listener, Random random) {
        this.credentials = credentials;
        this.reliable = reliable;
        this.output = output;
        this.listener = listener;
        this.random = random;
    }

    /**
     * Asks for it.
     *
     * @param reservation the token of a port that is kept for us; empty for any even port whose neighbour is to be kept
     */
    void start(boolean ipv6, Optional<byte[]> reservation, boolean pair, long nowNs) {
        state = State.ALLOCATING;
        heardNs = nowNs;
        request(Stun.ALLOCATE, null, nowNs, writer -> {
            writer.number(Stun.REQUESTED_TRANSPORT, UDP).number(Stun.LIFETIME, WANTED_LIFETIME_S);
            if (wishes && reservation.isPresent()) {
                writer.attribute(Stun.RESERVATION_TOKEN, reservation.get());
            } else {
                if (ipv6) {
                    writer.number(Stun.REQUESTED_ADDRESS_FAMILY, 2 << 24);
                }
                if (wishes && pair) {
                    writer.attribute(Stun.EVEN_PORT, new byte[] {(byte) 0x80});
                }
            }
        });
    }

    /** Anything of the server shows that it lives. */
    void heard(long nowNs) {
        heardNs = nowNs;
    }

    /** Takes a message that is no Data indication. */
    void message(StunMessage message, long nowNs) {
        for (int i = 0; i < open.size(); i++) {
            StunTransaction transaction = open.get(i);
            if (transaction.method == message.method() && message.answers(transaction.id)) {
                if (message.messageClass() == Stun.SUCCESS && authentic(message, transaction)) {
                    open.remove(i);
                    succeeded(transaction, message, nowNs);
                } else if (message.messageClass() == Stun.ERROR) {
                    open.remove(i);
                    refused(transaction, message, nowNs);
                }
                return;
            }
        }
    }

    private boolean authentic(StunMessage message, StunTransaction transaction) {
        StunKey with = key;
        return !transaction.authenticated || (with != null && message.isAuthentic(with));
    }

    private void succeeded(StunTransaction transaction, StunMessage message, long nowNs) {
        TurnPeer peer = transaction.peer;
        if (peer != null) {
            peer.asking = false;
            listener.permitted(peer);
            peer.bound(peer.bound() || transaction.method == Stun.CHANNEL_BIND);
            peer.refreshNs = nowNs + PEER_REFRESH_NS;
            return;
        }
        long lifetimeS = Math.max(2, message.number(Stun.LIFETIME, WANTED_LIFETIME_S));
        refreshNs = nowNs + Math.max(lifetimeS - 60, lifetimeS / 2) * SECOND_NS;
        if (transaction.method == Stun.ALLOCATE) {
            Optional<InetSocketAddress> relayed = message.address(Stun.XOR_RELAYED_ADDRESS);
            if (relayed.isEmpty()) {
                end("the answer names no relayed address");
                return;
            }
            state = State.ALLOCATED;
            listener.allocated(new TurnAddresses(
                    relayed.get(), message.address(Stun.XOR_MAPPED_ADDRESS), message.bytes(Stun.RESERVATION_TOKEN)));
        }
    }

    private void refused(StunTransaction transaction, StunMessage message, long nowNs) {
        int code = message.errorCode();
        if (((code == 401 && !transaction.authenticated) || code == 438)
                && transaction.challenges++ < CHALLENGES
                && challenged(message)) {
            send(transaction, nowNs);
            return;
        }
        if (transaction.method == Stun.ALLOCATE && wishes && (code == 508 || code == 420)) {
            wishes = false;
            send(transaction, nowNs);
            return;
        }
        String reason = code + " " + message.errorReason();
        TurnPeer peer = transaction.peer;
        if (code == 401) {
            end(
                    credentials.isEmpty()
                            ? "it wants a user name and a password (401)"
                            : "wrong user name or password (401)");
        } else if (peer == null || code == 437) {
            end(reason);
        } else {
            peer.asking = false;
            peer.refreshNs = nowNs + PEER_REFRESH_NS;
            if (!peer.refused) {
                peer.refused = true;
                listener.refused(peer, reason);
            }
        }
    }

    private boolean challenged(StunMessage message) {
        String newRealm = message.text(Stun.REALM).orElse(realm);
        String newNonce = message.text(Stun.NONCE).orElse("");
        if (credentials.isEmpty()
                || newNonce.isEmpty()
                || newRealm.length() > LONGEST_TEXT
                || newNonce.length() > LONGEST_TEXT) {
            return false;
        }
        nonce = newNonce;
        if (key == null || !newRealm.equals(realm)) {
            realm = newRealm;
            key = StunKey.longTerm(
                    credentials.get().user(), realm, credentials.get().password());
        }
        return true;
    }

    /** Lets the server relay between us and the peer; a channel is bound once something was sent. */
    private void serve(TurnPeer peer, long nowNs) {
        boolean channel = peer.wanted() && !peer.bound() && !peer.refused;
        if (peer.asking || (!channel && peer.refreshNs - nowNs > 0 && (peer.permitted() || peer.refused))) {
            return;
        }
        peer.asking = true;
        boolean bind = peer.wanted();
        request(bind ? Stun.CHANNEL_BIND : Stun.CREATE_PERMISSION, peer, nowNs, writer -> {
            if (bind) {
                writer.number(Stun.CHANNEL_NUMBER, peer.channel << 16);
            }
            writer.address(Stun.XOR_PEER_ADDRESS, peer);
        });
    }

    /** Sends what is due, for these peers too. */
    void tick(Iterable<TurnPeer> peers, long nowNs) {
        for (int i = open.size() - 1; i >= 0 && i < open.size(); i--) {
            StunTransaction transaction = open.get(i);
            if (!transaction.due(nowNs)) {
                continue;
            }
            if (transaction.expired()) {
                end("no answer");
                return;
            }
            transmit(transaction, nowNs);
        }
        if (state == State.ALLOCATED) {
            if (nowNs - refreshNs >= 0 || nowNs - heardNs >= PROBE_NS) {
                refreshNs = nowNs + PROBE_NS;
                heardNs = nowNs;
                request(Stun.REFRESH, null, nowNs, writer -> writer.number(Stun.LIFETIME, WANTED_LIFETIME_S));
            }
            for (TurnPeer peer : peers) {
                serve(peer, nowNs);
            }
        }
    }

    private void request(int method, @Nullable TurnPeer peer, long nowNs, Consumer<StunWriter> body) {
        send(new StunTransaction(method, peer, body), nowNs);
    }

    private void send(StunTransaction transaction, long nowNs) {
        byte[] id = new byte[Stun.ID_BYTES];
        random.nextBytes(id);
        transaction.renewed(id, encoded(transaction, id), key != null, nowNs);
        open.add(transaction);
        transmit(transaction, nowNs);
    }

    private byte[] encoded(StunTransaction transaction, byte[] id) {
        StunWriter writer = new StunWriter(transaction.method, Stun.REQUEST, id);
        transaction.body.accept(writer);
        StunKey with = key;
        if (with == null || credentials.isEmpty()) {
            return writer.plain();
        }
        return writer.text(Stun.USERNAME, credentials.get().user())
                .text(Stun.REALM, realm)
                .text(Stun.NONCE, nonce)
                .authenticated(with);
    }

    private void transmit(StunTransaction transaction, long nowNs) {
        if (output.send(transaction.message)) {
            transaction.sent(reliable, nowNs);
        } else {
            transaction.refused(nowNs);
        }
    }

    private void end(String detail) {
        if (state != State.ENDED) {
            state = State.ENDED;
            open.clear();
            listener.failed(detail);
        }
    }

    /** Gives the allocation back (RFC 8656 section 8); the answer is not waited for. */
    void close(long nowNs) {
        if (state == State.ALLOCATED) {
            request(Stun.REFRESH, null, nowNs, writer -> writer.number(Stun.LIFETIME, 0));
        }
        state = State.ENDED;
        open.clear();
    }
}
