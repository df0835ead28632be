package org.sipmgw.testsupport;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.stun.IceAgent;
import org.sipmgw.sdp.IceCandidate;
import org.sipmgw.sdp.IceDescription;
import org.sipmgw.sdp.IceSession;

/**
 * ICE of one media line of a {@link VirtualPhone}, with a host candidate, RTP and RTCP on one port. Until the gateway is
 * found nothing is sent. Thread-safe; its checks have a thread of their own.
 */
final class PhoneIce implements AutoCloseable {

    private static final InetSocketAddress NOWHERE = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    private static final int TICK_MS = 20;
    private static final long PRIORITY = (126L << 24) | (65_535L << 8) | 255;

    private final RtpPort port;
    private final InetSocketAddress own;
    private final boolean lite;
    private final SecureRandom random = new SecureRandom();
    private final ScheduledExecutorService ticks = Executors.newSingleThreadScheduledExecutor(task -> {
        Thread thread = new Thread(task, "phone-ice");
        thread.setDaemon(true);
        return thread;
    });
    private final List<String> failures = new ArrayList<>();
    private String ufrag = fresh(8);
    private String password = fresh(24);
    private Optional<IceAgent> agent = Optional.empty();
    private volatile InetSocketAddress found = NOWHERE;

    /** @param lite whether it only answers checks */
    PhoneIce(RtpPort port, boolean lite) {
        this.port = port;
        this.lite = lite;
        this.own = new InetSocketAddress(port.address(), port.port());
        var unused = ticks.scheduleAtFixedRate(this::tick, TICK_MS, TICK_MS, TimeUnit.MILLISECONDS);
    }

    private static String fresh(int length) {
        return UUID.randomUUID().toString().replace("-", "").substring(0, length);
    }

    /** Of a media line, in offers and answers. */
    synchronized List<String> attributes() {
        String host = own.getAddress().getHostAddress();
        return List.of(
                "rtcp-mux",
                "ice-ufrag:" + ufrag,
                "ice-pwd:" + password,
                "candidate:1 1 UDP " + PRIORITY + " " + host + " " + own.getPort() + " typ host");
    }

    /** The next offer restarts. */
    synchronized void restart() {
        ufrag = fresh(8);
        password = fresh(24);
    }

    /**
     * Reads the attributes of the other side's line; what goes on already is left alone.
     *
     * @param controlling whether the offer was ours
     */
    synchronized void described(List<String> attributes, boolean controlling) {
        Optional<String> theirUfrag = values(attributes, "ice-ufrag:").findFirst();
        Optional<String> theirPassword = values(attributes, "ice-pwd:").findFirst();
        if (theirUfrag.isEmpty() || theirPassword.isEmpty()) {
            throw new IllegalStateException("the gateway does not speak ICE: " + attributes);
        }
        List<IceCandidate> theirs = values(attributes, "candidate:")
                .flatMap(value -> IceCandidate.parse(value).stream())
                .toList();
        IceSession next = new IceSession(
                new IceDescription(ufrag, password, List.of(new IceCandidate("1", 1, PRIORITY, own, "host")), lite),
                new IceDescription(theirUfrag.get(), theirPassword.get(), theirs, false),
                controlling && !lite);
        if (agent.isEmpty() || !agent.get().isSame(next)) {
            agent = Optional.of(new IceAgent(next, true, this::send, new Found(), random, System.nanoTime()));
        }
    }

    private static Stream<String> values(List<String> attributes, String prefix) {
        return attributes.stream().filter(a -> a.startsWith(prefix)).map(a -> a.substring(prefix.length()));
    }

    /** Where the gateway is; port 0 while that is not known. */
    InetSocketAddress target() {
        return found;
    }

    /** What has gone wrong. */
    synchronized List<String> failures() {
        return List.copyOf(failures);
    }

    /** Takes a datagram that is a check or an answer to one; false: it is none (RFC 7983). */
    synchronized boolean datagram(byte[] buffer, int length, InetSocketAddress source) {
        if (length == 0 || buffer[0] < 0 || buffer[0] > 3) {
            return false;
        }
        agent.ifPresent(one -> one.datagram(new Packet(buffer).view(0, length), source, 1, System.nanoTime()));
        return true;
    }

    private synchronized void tick() {
        agent.ifPresent(one -> one.tick(System.nanoTime()));
    }

    private void send(int component, boolean relayed, byte[] message, InetSocketAddress to) {
        port.sendPlain(message, to);
    }

    private final class Found implements IceAgent.Listener {
        @Override
        public void selected(int component, boolean relayed, InetSocketAddress remote) {
            found = remote;
        }

        @Override
        public void heard(int component, boolean relayed, InetSocketAddress remote) {}

        @Override
        public void failed(String detail) {
            failures.add(detail);
            found = NOWHERE;
        }
    }

    @Override
    public void close() {
        ticks.shutdownNow();
    }
}
