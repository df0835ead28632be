package org.sipmgw.media.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.sipmgw.media.rtp.Packet;

/** One port number that calls share, on each of our addresses while there are such calls. Thread-safe. */
public final class SharedPorts {
    private final MediaLoop loop;
    private final int port;
    private final Function<Packet, @Nullable String> sessions;
    private final Map<InetAddress, SharedPort> open = new HashMap<>();
    private final Set<UdpPort> shares = new HashSet<>();
    private final AtomicLong strays = new AtomicLong();

    /**
     * Nothing is bound yet.
     *
     * @param sessions finds the name that a STUN request asks for; null for everything else
     */
    public SharedPorts(MediaLoop loop, int port, Function<Packet, @Nullable String> sessions) {
        this.loop = loop;
        this.port = port;
        this.sessions = sessions;
    }

    /**
     * A share of the port on that address, to be closed.
     *
     * @throws IOException when the port is taken by somebody else
     */
    public synchronized UdpPort open(InetAddress local) throws IOException {
        SharedPort there = open.get(local);
        if (there == null) {
            there = new SharedPort(this, handler -> loop.open(new InetSocketAddress(local, port), handler));
            open.put(local, there);
        }
        UdpPort share = new UdpPort(there, there.socket());
        there.shares++;
        shares.add(share);
        return share;
    }

    /** The socket at an address of ours that has shares. */
    synchronized UdpPort at(InetAddress local) {
        SharedPort there = open.get(local);
        if (there == null) {
            throw new IllegalStateException("nothing is open on " + local);
        }
        return there.socket();
    }

    /** Datagrams that were of no call, and were dropped. */
    public long strays() {
        return strays.get();
    }

    void stray() {
        strays.incrementAndGet();
    }

    @Nullable
    String sessionOf(Packet packet) {
        return sessions.apply(packet);
    }

    /** Before the share's routes are gone its port must not be another one's: both happen here. */
    void left(SharedPort there, UdpPort share) {
        loop.await(() -> there.forget(share));
        synchronized (this) {
            if (shares.remove(share) && --there.shares == 0) {
                open.values().remove(there);
                there.socket().close();
            }
        }
    }
}
