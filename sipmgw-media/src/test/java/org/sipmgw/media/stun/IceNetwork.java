package org.sipmgw.media.stun;

import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Random;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.sdp.IceCandidate;
import org.sipmgw.sdp.IceDescription;
import org.sipmgw.sdp.IceSession;

/** A network of two agents, without sockets, with a clock of its own and a fixed seed. */
final class IceNetwork {
    static final InetSocketAddress OFFERER = new InetSocketAddress("192.0.2.1", 4000);
    static final InetSocketAddress ANSWERER = new InetSocketAddress("192.0.2.2", 5000);
    static final InetSocketAddress NATTED = new InetSocketAddress("203.0.113.1", 6000);
    private static final InetSocketAddress NOWHERE = new InetSocketAddress("192.0.2.99", 9000);

    final Side offerer;
    final Side answerer;
    int lossPercent;
    boolean mutate;
    private final Random random;
    private final boolean natted;
    private final Deque<Datagram> wire = new ArrayDeque<>();
    private long nowNs = 1_000_000_000_000L;

    @SuppressWarnings("ArrayRecordComponent")
    private record Datagram(boolean toAnswerer, byte[] bytes, InetSocketAddress source) {}

    /** One agent and what it told. */
    final class Side implements IceAgent.Output, IceAgent.Listener {
        final List<InetSocketAddress> selected = new ArrayList<>();
        final List<InetSocketAddress> heard = new ArrayList<>();
        final List<String> failures = new ArrayList<>();
        final boolean isOfferer;
        final IceAgent agent;

        Side(boolean isOfferer, IceSession session) {
            this.isOfferer = isOfferer;
            this.agent = new IceAgent(session, true, this, this, random, nowNs);
        }

        @Override
        public void send(int component, boolean relayed, byte[] message, InetSocketAddress to) {
            InetSocketAddress target = isOfferer ? ANSWERER : natted ? NATTED : OFFERER;
            if (to.equals(target)) {
                wire.add(new Datagram(isOfferer, message, isOfferer ? natted ? NATTED : OFFERER : ANSWERER));
            }
        }

        @Override
        public void selected(int component, boolean relayed, InetSocketAddress remote) {
            selected.add(remote);
        }

        @Override
        public void heard(int component, boolean relayed, InetSocketAddress remote) {
            heard.add(remote);
        }

        @Override
        public void failed(String detail) {
            failures.add(detail);
        }
    }

    IceNetwork(long seed, boolean bothControl, boolean natted) {
        this.random = new Random(seed);
        this.natted = natted;
        IceDescription one =
                new IceDescription("offr", "aaaaaaaaaaaaaaaaaaaaaa", List.of(candidate("1", 126, OFFERER)), false);
        IceDescription two = new IceDescription(
                "answ",
                "bbbbbbbbbbbbbbbbbbbbbb",
                List.of(candidate("2", 127, NOWHERE), candidate("1", 126, ANSWERER)),
                false);
        offerer = new Side(true, new IceSession(one, two, true));
        answerer = new Side(false, new IceSession(two, one, bothControl));
    }

    private static IceCandidate candidate(String foundation, int preference, InetSocketAddress address) {
        return new IceCandidate(foundation, 1, ((long) preference << 24) + 65_535, address, "host");
    }

    /** Lets so much time pass. */
    void run(int ms) {
        for (int i = 0; i < ms; i += 20) {
            nowNs += 20_000_000;
            offerer.agent.tick(nowNs);
            answerer.agent.tick(nowNs);
            for (Datagram next = wire.poll(); next != null; next = wire.poll()) {
                deliver(next);
            }
        }
    }

    private void deliver(Datagram datagram) {
        if (random.nextInt(100) < lossPercent) {
            return;
        }
        byte[] bytes = datagram.bytes().clone();
        int length = bytes.length;
        if (mutate) {
            for (int i = 0; i < 3; i++) {
                bytes[random.nextInt(bytes.length)] ^= (byte) (1 + random.nextInt(255));
            }
            length -= random.nextInt(5);
        }
        (datagram.toAnswerer() ? answerer : offerer)
                .agent.datagram(new Packet(bytes).view(0, length), datagram.source(), 1, nowNs);
    }
}
