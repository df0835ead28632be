package org.sipmgw.media.dtls;

import java.io.InterruptedIOException;
import java.util.Arrays;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.TimeUnit;
import org.bouncycastle.tls.DatagramTransport;

/**
 * Datagrams between the socket's demultiplexer and the handshake. The incoming queue is there from the start, because
 * the other side may send its first flight before this side has begun; when it is full, datagrams are dropped, as on
 * any network.
 */
final class DtlsPipe implements DatagramTransport {
    private static final int RECEIVE_LIMIT = 1472;
    private static final int SEND_LIMIT = 1200;

    private static final byte[] END = {};

    private final BlockingQueue<byte[]> incoming = new ArrayBlockingQueue<>(64);
    private final DtlsConnection.Output output;
    private volatile boolean closed;

    DtlsPipe(DtlsConnection.Output output) {
        this.output = output;
    }

    void offer(byte[] buffer, int offset, int length) {
        if (!closed) {
            incoming.offer(Arrays.copyOfRange(buffer, offset, offset + length));
        }
    }

    boolean hasIncoming() {
        return !closed && !incoming.isEmpty();
    }

    @Override
    public int getReceiveLimit() {
        return RECEIVE_LIMIT;
    }

    @Override
    public int getSendLimit() {
        return SEND_LIMIT;
    }

    @Override
    public int receive(byte[] buffer, int offset, int length, int waitMillis) throws InterruptedIOException {
        try {
            byte[] datagram = incoming.poll(Math.max(waitMillis, 0), TimeUnit.MILLISECONDS);
            if (closed) {
                throw new InterruptedIOException("closed");
            }
            if (datagram == null) {
                return -1;
            }
            int count = Math.min(length, datagram.length);
            System.arraycopy(datagram, 0, buffer, offset, count);
            return count;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new InterruptedIOException("closed");
        }
    }

    @Override
    public void send(byte[] buffer, int offset, int length) {
        if (!closed) {
            output.send(Arrays.copyOfRange(buffer, offset, offset + length));
        }
    }

    @Override
    public void close() {
        closed = true;
        // a handshake that still waits for the other side ends now, not at its time limit
        incoming.clear();
        incoming.offer(END);
    }
}
