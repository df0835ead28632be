package org.sipmgw.media.net;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.CancelledKeyException;
import java.nio.channels.SelectionKey;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;
import org.sipmgw.media.net.UdpPort.SendStatus;

/**
 * One TCP or TLS connection of a {@link MediaLoop} that carries datagrams as frames. A frame is sent whole or not at
 * all: while the connection is full, frames are lost, as datagrams would be, so that nothing queues up.
 */
public final class StreamPort implements LoopChannel, AutoCloseable {
    private static final int BUFFER = 1 << 17;

    private final MediaLoop loop;
    private final SocketChannel channel;
    private final @Nullable TlsCodec tls;
    private final Handler handler;
    private final ByteBuffer received = ByteBuffer.allocateDirect(BUFFER);
    /** The rest of a frame that the connection has taken in part; guarded by itself. */
    private final ByteBuffer rest = ByteBuffer.allocateDirect(BUFFER).limit(0);

    private boolean closed;
    private boolean ended;

    /** What comes; called on the loop's thread. */
    public interface Handler {
        /** Takes the whole frames at the front of {@code bytes} and leaves what is none yet. */
        void bytes(ByteBuffer bytes, long nowNs);

        /** The connection has ended by itself. Called once, never after {@link StreamPort#close()}. */
        void ended(String detail);
    }

    private StreamPort(MediaLoop loop, SocketChannel channel, @Nullable TlsCodec tls, Handler handler) {
        this.loop = loop;
        this.channel = channel;
        this.tls = tls;
        this.handler = handler;
    }

    /**
     * Connects; blocks at most {@code timeoutMs}.
     *
     * @param host what the server's certificate must name
     * @param context for TLS, else null for plain TCP
     * @throws IOException when there is no connection in time, or the server is not to be trusted
     */
    public static StreamPort connect(
            MediaLoop loop,
            InetSocketAddress server,
            String host,
            @Nullable SSLContext context,
            int timeoutMs,
            Handler handler)
            throws IOException {
        long deadlineNs = System.nanoTime() + TimeUnit.MILLISECONDS.toNanos(timeoutMs);
        SocketChannel channel = SocketChannel.open();
        try {
            channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
            channel.socket().connect(server, timeoutMs);
            channel.configureBlocking(false);
            TlsCodec tls = context == null ? null : new TlsCodec(context, host, server.getPort());
            if (tls != null) {
                tls.handshake(channel, deadlineNs);
            }
            StreamPort port = new StreamPort(loop, channel, tls, handler);
            loop.register(channel, port);
            // what came with the end of the handshake waits for no further readiness
            loop.execute(port::read);
            return port;
        } catch (IOException | RuntimeException e) {
            channel.close();
            throw e;
        }
    }

    /** The address of this end. */
    public InetSocketAddress local() throws IOException {
        return (InetSocketAddress) channel.getLocalAddress();
    }

    /** Sends one frame; from any thread. */
    public SendStatus send(ByteBuffer frame) {
        synchronized (rest) {
            try {
                if (closed || !flush()) {
                    return SendStatus.LOST;
                }
                write(tls == null ? frame : tls.seal(frame));
                return SendStatus.SENT;
            } catch (IOException e) {
                loop.log(System.Logger.Level.DEBUG, "writing to the relay", e);
                return SendStatus.LOST;
            }
        }
    }

    private void write(ByteBuffer bytes) throws IOException {
        channel.write(bytes);
        if (bytes.hasRemaining()) {
            rest.clear();
            rest.put(bytes).flip();
            watch(true);
        }
    }

    private boolean flush() throws IOException {
        if (rest.hasRemaining()) {
            channel.write(rest);
        }
        return !rest.hasRemaining();
    }

    private void watch(boolean writable) {
        SelectionKey key = channel.keyFor(loop.selector());
        if (key == null) {
            return;
        }
        try {
            key.interestOps(writable ? SelectionKey.OP_READ | SelectionKey.OP_WRITE : SelectionKey.OP_READ);
            loop.selector().wakeup();
        } catch (CancelledKeyException e) {
            loop.log(System.Logger.Level.TRACE, "closed meanwhile", e);
        }
    }

    @Override
    public void ready(SelectionKey key) {
        if (key.isValid() && key.isWritable()) {
            synchronized (rest) {
                try {
                    if (flush()) {
                        watch(false);
                    }
                } catch (IOException e) {
                    end(e.toString());
                    return;
                }
            }
        }
        read();
    }

    private void read() {
        try {
            while (!ended && channel.isOpen()) {
                int count = tls == null ? channel.read(received) : tls.read(channel);
                boolean open = tls == null || tls.open(received);
                hand();
                if (count < 0 || !open) {
                    end("the server has closed the connection");
                    return;
                }
                if (count == 0) {
                    return;
                }
            }
        } catch (IOException e) {
            end(String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            loop.fault(e);
        }
    }

    private void hand() {
        if (tls != null && tls.wantsToSend()) {
            send(ByteBuffer.allocate(0));
        }
        if (received.position() > 0) {
            received.flip();
            try {
                handler.bytes(received, System.nanoTime());
            } finally {
                received.compact();
            }
            if (!received.hasRemaining()) {
                end("a frame that is too long");
            }
        }
    }

    private void end(String detail) {
        if (!ended && !closed) {
            ended = true;
            close();
            handler.ended(detail);
        }
    }

    /** Says goodbye as far as it can and frees the connection. Idempotent; from any thread. */
    @Override
    public void close() {
        SelectionKey key = channel.keyFor(loop.selector());
        synchronized (rest) {
            if (closed) {
                return;
            }
            try {
                if (tls != null && flush()) {
                    channel.write(tls.goodbye());
                }
            } catch (IOException e) {
                loop.log(System.Logger.Level.TRACE, "goodbye to the relay", e);
            }
            closed = true;
            try {
                channel.close();
            } catch (IOException e) {
                loop.log(System.Logger.Level.DEBUG, "closing a connection", e);
            }
        }
        if (key != null) {
            loop.closed(this, key);
        }
    }
}
