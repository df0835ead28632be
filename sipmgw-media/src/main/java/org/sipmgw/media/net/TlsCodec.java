package org.sipmgw.media.net;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.util.concurrent.TimeUnit;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;

/**
 * TLS of one connection as its client; the server's certificate must be trusted and name the host. One thread may open
 * while another seals.
 */
final class TlsCodec {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

    private final SSLEngine engine;
    private final ByteBuffer incoming;
    private final ByteBuffer outgoing;

    TlsCodec(SSLContext context, String host, int port) {
        engine = context.createSSLEngine(host, port);
        engine.setUseClientMode(true);
        SSLParameters parameters = engine.getSSLParameters();
        parameters.setEndpointIdentificationAlgorithm("HTTPS");
        parameters.setProtocols(new String[] {"TLSv1.3", "TLSv1.2"});
        engine.setSSLParameters(parameters);
        incoming = ByteBuffer.allocate(engine.getSession().getPacketBufferSize() * 2);
        outgoing = ByteBuffer.allocate(engine.getSession().getPacketBufferSize() * 2);
    }

    /** Runs the handshake on a channel that does not block; this blocks until it is done or the time is over. */
    void handshake(SocketChannel channel, long deadlineNs) throws IOException {
        try (Selector selector = Selector.open()) {
            SelectionKey key = channel.register(selector, SelectionKey.OP_READ);
            ByteBuffer plain = ByteBuffer.allocate(engine.getSession().getApplicationBufferSize());
            engine.beginHandshake();
            for (HandshakeStatus status = engine.getHandshakeStatus(); handshaking(status); ) {
                switch (status) {
                    case NEED_WRAP -> writeAll(channel, key, seal(NOTHING), deadlineNs);
                    case NEED_TASK -> runTasks();
                    default -> {
                        if (unwrap(plain) == SSLEngineResult.Status.BUFFER_UNDERFLOW) {
                            await(key, SelectionKey.OP_READ, deadlineNs);
                            if (read(channel) < 0) {
                                throw new EOFException("closed during the TLS handshake");
                            }
                        }
                    }
                }
                status = engine.getHandshakeStatus();
            }
            key.cancel();
            selector.selectNow();
        }
    }

    private static boolean handshaking(HandshakeStatus status) {
        return status != HandshakeStatus.FINISHED && status != HandshakeStatus.NOT_HANDSHAKING;
    }

    private static void writeAll(SocketChannel channel, SelectionKey key, ByteBuffer bytes, long deadlineNs)
            throws IOException {
        while (bytes.hasRemaining()) {
            if (channel.write(bytes) == 0) {
                await(key, SelectionKey.OP_WRITE, deadlineNs);
            }
        }
    }

    private static void await(SelectionKey key, int operation, long deadlineNs) throws IOException {
        key.interestOps(operation);
        long leftMs = TimeUnit.NANOSECONDS.toMillis(deadlineNs - System.nanoTime());
        if (leftMs <= 0 || key.selector().select(leftMs) == 0) {
            throw new SocketTimeoutException("no end of the TLS handshake");
        }
        key.selector().selectedKeys().clear();
    }

    private void runTasks() {
        for (Runnable task = engine.getDelegatedTask(); task != null; task = engine.getDelegatedTask()) {
            task.run();
        }
    }

    /** Reads what the channel has; -1 at its end. */
    int read(SocketChannel channel) throws IOException {
        return channel.read(incoming);
    }

    /**
     * Opens whole records of what was read, as far as they fit.
     *
     * @return false once the other side has closed
     */
    boolean open(ByteBuffer plain) throws SSLException {
        while (true) {
            switch (unwrap(plain)) {
                case OK -> {
                    if (engine.getHandshakeStatus() == HandshakeStatus.NEED_TASK) {
                        runTasks();
                    }
                }
                case CLOSED -> {
                    return false;
                }
                default -> {
                    return true;
                }
            }
        }
    }

    /** Whether the protocol itself has something to send: seal nothing and send that. */
    boolean wantsToSend() {
        return engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP;
    }

    private SSLEngineResult.Status unwrap(ByteBuffer plain) throws SSLException {
        incoming.flip();
        try {
            return engine.unwrap(incoming, plain).getStatus();
        } finally {
            incoming.compact();
        }
    }

    /** What is to be sent for these bytes; valid until the next call. */
    ByteBuffer seal(ByteBuffer plain) throws SSLException {
        outgoing.clear();
        do {
            SSLEngineResult result = engine.wrap(plain, outgoing);
            if (result.getStatus() != SSLEngineResult.Status.OK) {
                break;
            }
        } while (plain.hasRemaining());
        return outgoing.flip();
    }

    /** The goodbye, to be sent. */
    ByteBuffer goodbye() throws SSLException {
        engine.closeOutbound();
        return seal(NOTHING);
    }
}
