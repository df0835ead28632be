package org.sipmgw.media.stun;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Random;
import org.jspecify.annotations.Nullable;
import org.sipmgw.media.net.RelayedAddress;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.sdp.IceCandidate;
import org.sipmgw.sdp.IceSession;

/**
 * ICE of one media line (RFC 8445): checks, nomination in both roles, and consent afterwards (RFC 7675). Does no I/O and
 * keeps no time; belongs to the media thread. Either side may be lite.
 */
public final class IceAgent {
    private static final int MOST_PAIRS = 100;
    private static final long NOMINATION_WAIT_NS = 400_000_000L;
    private static final long GIVE_UP_NS = 15_000_000_000L;

    private final IceSession session;
    private final int components;
    private final Output output;
    private final Listener listener;
    private final IceMessages messages;
    private final List<IcePair> pairs = new ArrayList<>();
    private final Deque<IcePair> triggered = new ArrayDeque<>();
    private final IceConsent[] selected = new IceConsent[2];
    private final Random random;
    private final long startNs;
    private boolean controlling;
    private boolean failed;

    /** Sends a message. */
    public interface Output {
        /** One message; {@code component} is 1 for RTP, 2 for RTCP. */
        void send(int component, boolean relayed, byte[] message, InetSocketAddress to);
    }

    /** What happens. */
    public interface Listener {
        /** Packets of this component go there from now on. */
        void selected(int component, boolean relayed, InetSocketAddress remote);

        /** The other side has proved to be there; told for each of its checks. */
        void heard(int component, boolean relayed, InetSocketAddress remote);

        /** No pair works, or the other side no longer consents: nothing may be sent. Told once. */
        void failed(String detail);
    }

    /** Starts; checks go out with the next ticks. */
    public IceAgent(IceSession session, boolean mux, Output output, Listener listener, Random random, long nowNs) {
        this.session = session;
        this.components = mux ? 1 : 2;
        this.output = output;
        this.listener = listener;
        this.random = random;
        this.messages = new IceMessages(session, random);
        this.controlling = session.controlling();
        this.startNs = nowNs;
        for (IceCandidate remote : session.remote().candidates()) {
            pair(remote.component(), false, remote.address(), remote.priority());
            pair(remote.component(), true, remote.address(), remote.priority());
        }
    }

    /** Whether this goes on under the other agreement, whose candidates may be more. */
    public boolean isSame(IceSession other) {
        return session.local().ufrag().equals(other.local().ufrag())
                && session.remote().ufrag().equals(other.remote().ufrag());
    }

    private Optional<IcePair> pair(int component, boolean relayed, InetSocketAddress remote, long remotePriority) {
        Optional<IcePair> known =
                pairs.stream().filter(one -> one.is(component, relayed, remote)).findFirst();
        Optional<IceCandidate> base = session.local().candidates().stream()
                .filter(one -> one.component() == component
                        && one.type().equals("relay") == relayed
                        && one.address().getAddress().getClass()
                                == remote.getAddress().getClass())
                .findFirst();
        if (known.isPresent() || base.isEmpty() || component > components || pairs.size() == MOST_PAIRS) {
            return known;
        }
        IcePair made = new IcePair(component, relayed, remote, base.get().priority(), remotePriority);
        pairs.add(made);
        pairs.sort((a, b) -> Long.compareUnsigned(b.priority(controlling), a.priority(controlling)));
        return Optional.of(made);
    }

    /** Takes a STUN datagram that has come to the socket of this component; false where it is not the other side's. */
    public boolean datagram(Packet packet, InetSocketAddress source, int component, long nowNs) {
        Optional<StunMessage> found = StunMessage.at(packet.buffer(), packet.offset(), packet.length());
        if (found.isEmpty() || found.get().method() != Stun.BINDING) {
            return false;
        }
        StunMessage message = found.get();
        boolean relayed = source instanceof RelayedAddress;
        return switch (message.messageClass()) {
            case Stun.REQUEST -> requested(message, component, relayed, source);
            case Stun.SUCCESS, Stun.ERROR -> answered(message, component, relayed, source, nowNs);
            default -> true;
        };
    }

    private boolean requested(StunMessage request, int component, boolean relayed, InetSocketAddress source) {
        if (!messages.isGenuine(request) || component > components) {
            return false;
        }
        listener.heard(component, relayed, source);
        OptionalLong theirs = IceMessages.claims(request, controlling ? Stun.ICE_CONTROLLING : Stun.ICE_CONTROLLED);
        if (theirs.isPresent()) {
            // RFC 8445 section 7.3.1.1
            boolean oursIsLarger = Long.compareUnsigned(messages.tieBreaker, theirs.getAsLong()) >= 0;
            if (oursIsLarger == controlling) {
                output.send(component, relayed, messages.roleConflict(request), source);
                return true;
            }
            controlling = !controlling;
        }
        output.send(component, relayed, messages.success(request, source), source);
        Optional<IcePair> pair = pair(component, relayed, source, request.number(Stun.PRIORITY, 1));
        pair.ifPresent(one -> {
            one.nominated |= request.has(Stun.USE_CANDIDATE);
            if (one.state != IcePair.State.SUCCEEDED && !session.local().lite()) {
                if (!triggered.contains(one)) {
                    triggered.add(one);
                }
            } else if (one.nominated && !controlling) {
                select(one, System.nanoTime());
            }
        });
        return true;
    }

    private boolean answered(StunMessage answer, int component, boolean relayed, InetSocketAddress source, long nowNs) {
        for (IcePair pair : pairs) {
            if (pair.transactionId.length == 0 || !answer.answers(pair.transactionId)) {
                continue;
            }
            if (!messages.isGenuineAnswer(answer)) {
                return false;
            }
            if (answer.messageClass() == Stun.ERROR) {
                refused(pair, answer);
                return true;
            }
            boolean nominates = pair.nominating;
            pair.answered(pair.is(component, relayed, source));
            if (pair.state == IcePair.State.SUCCEEDED && (controlling ? nominates : pair.nominated)) {
                select(pair, nowNs);
            }
            return true;
        }
        IceConsent consent = component <= components ? selected[component - 1] : null;
        if (consent != null && consent.answered(answer, source) && messages.isGenuineAnswer(answer)) {
            consent.renewed(nowNs);
            return true;
        }
        return false;
    }

    private void refused(IcePair pair, StunMessage answer) {
        pair.answered(false);
        if (answer.errorCode() == 487) {
            controlling = !controlling;
            pair.state = IcePair.State.WAITING;
            triggered.add(pair);
        }
    }

    private void select(IcePair pair, long nowNs) {
        IceConsent before = selected[pair.component - 1];
        if (before != null
                && Long.compareUnsigned(before.pair().priority(controlling), pair.priority(controlling)) >= 0) {
            return;
        }
        selected[pair.component - 1] = new IceConsent(pair, random, nowNs);
        listener.selected(pair.component, pair.relayed, pair.remote);
    }

    /** Sends what is due: one new check for each call. */
    public void tick(long nowNs) {
        if (failed || session.local().lite()) {
            return;
        }
        pairs.forEach(pair -> repeat(pair, nowNs));
        IcePair next = next();
        if (next != null) {
            check(next, false, nowNs);
        }
        for (int component = 1; component <= components; component++) {
            IceConsent consent = selected[component - 1];
            if (consent == null) {
                nominate(component, nowNs);
            } else if (consent.expired(nowNs)) {
                fail("the room no longer consents to receive (RFC 7675)");
                return;
            } else if (consent.due(nowNs)) {
                byte[] id = messages.newId();
                consent.asked(id, nowNs);
                send(consent.pair(), messages.check(id, consent.pair(), controlling));
            }
        }
        if (!complete() && nowNs - startNs >= GIVE_UP_NS && pairs.stream().noneMatch(IcePair::pending)) {
            fail("no candidate pair works");
        }
    }

    private boolean complete() {
        return selected[0] != null && (components == 1 || selected[1] != null);
    }

    private @Nullable IcePair next() {
        IcePair first = triggered.poll();
        if (first != null) {
            return first;
        }
        for (IcePair pair : pairs) {
            if (pair.state == IcePair.State.WAITING) {
                return pair;
            }
        }
        return null;
    }

    private void repeat(IcePair pair, long nowNs) {
        if (pair.due(nowNs)) {
            if (pair.again(nowNs)) {
                send(pair, messages.check(pair.transactionId, pair, controlling));
            } else {
                pair.answered(false);
            }
        }
    }

    /** Regular nomination: the best that works, once no better one can still turn up soon. */
    private void nominate(int component, long nowNs) {
        if (!controlling) {
            return;
        }
        for (IcePair pair : pairs) {
            if (pair.component != component || pair.state == IcePair.State.FAILED) {
                continue;
            }
            if (pair.state == IcePair.State.SUCCEEDED) {
                if (pair.transactionId.length == 0) {
                    check(pair, true, nowNs);
                }
                return;
            }
            if (nowNs - startNs < NOMINATION_WAIT_NS) {
                return;
            }
        }
    }

    private void check(IcePair pair, boolean nominates, long nowNs) {
        pair.begun(messages.newId(), nominates, nowNs);
        send(pair, messages.check(pair.transactionId, pair, controlling));
    }

    private void send(IcePair pair, byte[] message) {
        output.send(pair.component, pair.relayed, message, pair.remote);
    }

    private void fail(String detail) {
        if (!failed) {
            failed = true;
            listener.failed(detail);
        }
    }
}
