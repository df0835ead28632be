package org.sipmgw.spi;

import java.net.InetAddress;
import org.sipmgw.sdp.MediaCapabilities;

/** Carries the media of all calls. Thread-safe. Closing ends all sessions and waits for that. */
public interface MediaEngine extends AutoCloseable {

    /** What can be negotiated. */
    MediaCapabilities capabilities();

    /**
     * Reserves ports for one call.
     *
     * @param local the address of the gateway that the other side reaches
     * @throws PortsExhaustedException when no port pair is free
     */
    MediaSession open(InetAddress local, MediaListener listener);

    /**
     * As above, with what else is known of the call. {@link MediaSession#gathered()} tells when its addresses are there.
     *
     * @throws PortsExhaustedException when no port pair is free
     */
    default MediaSession open(MediaRequest request, MediaListener listener) {
        return open(request.local(), listener);
    }

    /** What is open now: sockets, threads, native objects. All zero when no session is open. */
    Inventory inventory();

    /** Datagrams that have come to a port that calls share, and were of none of them: dropped. */
    default long strayDatagrams() {
        return 0;
    }

    @Override
    void close();

    /**
     * Counted, not assumed.
     *
     * @param sessions open media sessions
     * @param ports open sockets
     * @param nativeObjects native objects owned by Java
     */
    record Inventory(int sessions, int ports, int nativeObjects) {}

    /** No port pair is free in the configured range. */
    final class PortsExhaustedException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        public PortsExhaustedException(String message) {
            super(message);
        }
    }
}
