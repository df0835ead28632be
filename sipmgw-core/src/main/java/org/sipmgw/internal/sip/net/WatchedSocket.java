package org.sipmgw.internal.sip.net;

import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.net.Socket;
import org.jspecify.annotations.Nullable;

/** A socket that knows since when it has been writing: a peer that reads nothing would hold up who writes for ever. */
public class WatchedSocket extends Socket {
    private static final long IDLE = Long.MIN_VALUE;
    private final SocketWatch watch;
    private volatile long writingSinceNs = IDLE;
    private @Nullable OutputStream output;

    /** Not connected yet; watched until it is closed. */
    public WatchedSocket(SocketWatch watch) {
        this.watch = watch;
        watch.add(this);
    }

    @Override
    public synchronized OutputStream getOutputStream() throws IOException {
        OutputStream made = output;
        if (made == null) {
            made = new TimedOutput(super.getOutputStream());
            output = made;
        }
        return made;
    }

    @Override
    public synchronized void close() throws IOException {
        watch.remove(this);
        super.close();
    }

    /** Whether one write has lasted longer than this. */
    boolean stalled(long nowNs, long limitNs) {
        long since = writingSinceNs;
        return since != IDLE && nowNs - since > limitNs;
    }

    private final class TimedOutput extends FilterOutputStream {
        TimedOutput(OutputStream socket) {
            super(socket);
        }

        @Override
        public void write(byte[] bytes, int offset, int length) throws IOException {
            writingSinceNs = System.nanoTime();
            try {
                out.write(bytes, offset, length);
            } finally {
                writingSinceNs = IDLE;
            }
        }

        @Override
        public void close() throws IOException {
            WatchedSocket.this.close();
        }
    }
}
