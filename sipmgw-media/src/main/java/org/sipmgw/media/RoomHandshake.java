package org.sipmgw.media;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.concurrent.Executor;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.sipmgw.media.dtls.DtlsConnection;
import org.sipmgw.media.dtls.DtlsIdentity;
import org.sipmgw.media.net.MediaLoop;
import org.sipmgw.media.net.UdpPort;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.srtp.SrtpKeys;
import org.sipmgw.sdp.MediaSecurity;

/**
 * A DTLS association with the room over one of its sockets (RFC 5764). As the client the gateway begins at once, as the
 * server with the room's first datagram; an attempt that fails makes room for another one, a few times. Belongs to the
 * media thread.
 */
final class RoomHandshake implements AutoCloseable {
    private static final Logger LOG = System.getLogger(RoomHandshake.class.getName());
    /** A stranger who speaks first costs one attempt; the room repeats its own. */
    private static final int MAX_ATTEMPTS = 4;

    private final MediaLoop loop;
    private final Executor blocking;
    private final UdpPort port;
    private final DtlsIdentity identity;
    private final MediaSecurity.Dtls agreed;
    private final Supplier<@Nullable InetSocketAddress> destination;
    private final Listener listener;
    private @Nullable DtlsConnection connection;
    private volatile @Nullable InetSocketAddress peer;
    private int attempts;
    private boolean running;
    private boolean done;
    private boolean draining;
    private boolean closed;

    /** What comes of it, on the media thread. */
    interface Listener {
        /** The other side has proved who it is, from this address. */
        void keyed(SrtpKeys keys, @Nullable InetSocketAddress peer);

        /** No attempt is left. */
        void failed(String detail);
    }

    /**
     * What every association of a call has in common.
     *
     * @param loop the media thread
     * @param blocking runs handshakes, which block up to 15 s each
     * @param identity the certificate of the call
     */
    record Parts(MediaLoop loop, Executor blocking, DtlsIdentity identity) {}

    /** @param destination where the room's socket is; null while that is unknown */
    RoomHandshake(
            Parts parts,
            UdpPort port,
            MediaSecurity.Dtls agreed,
            Supplier<@Nullable InetSocketAddress> destination,
            Listener listener) {
        this.loop = parts.loop();
        this.blocking = parts.blocking();
        this.identity = parts.identity();
        this.port = port;
        this.agreed = agreed;
        this.destination = destination;
        this.listener = listener;
    }

    /** Begins where the gateway is the client and the room can be reached; may be called again. */
    void begin() {
        if (agreed.client() && !running && !done && destination.get() != null) {
            attempt();
        }
    }

    /** Takes a datagram of the room. */
    void datagram(Packet packet, InetSocketAddress source) {
        if (closed) {
            return;
        }
        if (!running && !done && !agreed.client()) {
            peer = source;
            attempt();
        }
        DtlsConnection current = connection;
        InetSocketAddress known = peer;
        if (current == null || (known != null && !known.equals(source))) {
            return;
        }
        peer = source;
        current.datagram(packet.buffer(), packet.offset(), packet.length());
        if (current.hasIncoming() && !draining) {
            draining = true;
            blocking.execute(() -> drain(current));
        }
    }

    private void drain(DtlsConnection current) {
        boolean open = current.drain();
        loop.execute(() -> {
            draining = false;
            if (!open && current == connection && done) {
                // the room has ended it, and may begin another one under the same description
                done = false;
                peer = null;
                connection = null;
            }
        });
    }

    private void attempt() {
        if (attempts == MAX_ATTEMPTS) {
            return;
        }
        attempts++;
        running = true;
        DtlsConnection next = new DtlsConnection(identity, agreed.fingerprints(), agreed.client(), this::send);
        connection = next;
        blocking.execute(() -> handshake(next));
    }

    /** On a thread that may wait. */
    private void handshake(DtlsConnection current) {
        try {
            SrtpKeys keys = current.handshake();
            loop.execute(() -> {
                if (current == connection && !closed) {
                    running = false;
                    done = true;
                    attempts = 0;
                    listener.keyed(keys, peer);
                }
            });
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "DTLS with the room: {0}", e.getMessage());
            loop.execute(() -> failed(current, String.valueOf(e.getMessage())));
        }
    }

    private void failed(DtlsConnection current, String detail) {
        current.close();
        if (current != connection || closed) {
            return;
        }
        connection = null;
        peer = null;
        running = false;
        if (attempts == MAX_ATTEMPTS) {
            listener.failed(detail);
        } else if (agreed.client()) {
            attempt();
        }
    }

    private void send(byte[] datagram) {
        InetSocketAddress known = peer;
        loop.execute(() -> {
            InetSocketAddress to = known == null ? destination.get() : known;
            if (to != null) {
                port.send(new Packet(datagram).view(0, datagram.length), to);
            }
        });
    }

    /** Says goodbye (close_notify). Idempotent. */
    @Override
    public void close() {
        DtlsConnection current = connection;
        if (current != null) {
            current.close();
        }
        closed = true;
        connection = null;
    }
}
