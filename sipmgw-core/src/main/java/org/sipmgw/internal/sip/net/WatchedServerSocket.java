package org.sipmgw.internal.sip.net;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Takes watched connections; what one source opens above its bound is closed at once. */
public final class WatchedServerSocket extends ServerSocket {
    private final SocketWatch watch;
    private final Supplier<WatchedSocket> making;

    /** Bound and listening; each connection becomes a socket that is made for it. */
    public WatchedServerSocket(
            SocketWatch watch, Supplier<WatchedSocket> making, InetAddress address, int port, int backlog)
            throws IOException {
        this.watch = watch;
        this.making = making;
        setReuseAddress(true);
        bind(new InetSocketAddress(address, port), backlog);
    }

    /** Goes on after errors, such as having no file descriptor left: the stack would accept nothing from then on. */
    @Override
    public Socket accept() throws IOException {
        while (true) {
            try {
                Socket taken = taken();
                if (taken != null) {
                    return taken;
                }
            } catch (IOException | RuntimeException e) {
                if (isClosed()) {
                    throw e;
                }
                SocketWatch.pauseAfter(e);
            }
        }
    }

    private @Nullable Socket taken() throws IOException {
        WatchedSocket taken = making.get();
        try {
            implAccept(taken);
            if (watch.admits(taken)) {
                return taken;
            }
        } catch (IOException | RuntimeException e) {
            taken.close();
            throw e;
        }
        taken.close();
        return null;
    }
}
