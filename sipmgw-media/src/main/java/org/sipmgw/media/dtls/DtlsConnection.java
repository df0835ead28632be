package org.sipmgw.media.dtls;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import org.bouncycastle.tls.DTLSClientProtocol;
import org.bouncycastle.tls.DTLSServerProtocol;
import org.bouncycastle.tls.DTLSTransport;
import org.jspecify.annotations.Nullable;
import org.sipmgw.media.srtp.SrtpKeys;
import org.sipmgw.sdp.Fingerprint;

/**
 * One DTLS association that gives keys to SRTP (RFC 5764). The handshake blocks the thread it is run on, for at most
 * {@link #TIMEOUT_MS}; afterwards no thread is used until the other side speaks again.
 */
public final class DtlsConnection implements AutoCloseable {
    /** How long a handshake may take. */
    public static final int TIMEOUT_MS = 15_000;

    private static final Logger LOG = System.getLogger(DtlsConnection.class.getName());

    private final DtlsIdentity identity;
    private final List<Fingerprint> expected;
    private final boolean client;
    private final DtlsPipe pipe;
    private final AtomicBoolean closed = new AtomicBoolean();
    private volatile @Nullable DTLSTransport transport;

    /**
     * Prepares a connection; datagrams may be handed in from now on.
     *
     * @param identity this side's certificate
     * @param expected fingerprints, one of which the other side's certificate must have
     * @param client whether this side is the DTLS client ({@code a=setup:active})
     * @param output sends one datagram to the other side
     */
    public DtlsConnection(DtlsIdentity identity, List<Fingerprint> expected, boolean client, Output output) {
        this.identity = identity;
        this.expected = List.copyOf(expected);
        this.client = client;
        this.pipe = new DtlsPipe(output);
    }

    /** Sends a datagram. Called from the thread that runs the handshake. */
    @FunctionalInterface
    public interface Output {
        /** Sends the whole array. */
        void send(byte[] datagram);
    }

    /** Hands in a datagram that the demultiplexer took for DTLS; copied, from any thread. */
    public void datagram(byte[] buffer, int offset, int length) {
        pipe.offer(buffer, offset, length);
    }

    /**
     * Runs the handshake; call once.
     *
     * @return the keys for SRTP
     * @throws IOException when the other side refuses, has another certificate, agrees on no protection profile, or is
     *     silent
     */
    public SrtpKeys handshake() throws IOException {
        SrtpAgreement agreement = new SrtpAgreement(identity, expected);
        DTLSTransport done = client
                ? new DTLSClientProtocol().connect(new SrtpTlsClient(agreement), pipe)
                : new DTLSServerProtocol().accept(new SrtpTlsServer(agreement), pipe);
        transport = done;
        if (closed.get()) {
            done.close();
            throw new IOException("closed during the handshake");
        }
        return agreement.keys(client);
    }

    /** Whether datagrams wait that {@link #drain} should read: a repeated flight or an alert. */
    public boolean hasIncoming() {
        return transport != null && pipe.hasIncoming();
    }

    /**
     * Reads what came after the handshake: answers a repeated last flight, notices the end.
     *
     * @return false when the other side has closed
     */
    public boolean drain() {
        DTLSTransport open = transport;
        if (open == null) {
            return true;
        }
        byte[] ignored = new byte[2048];
        try {
            while (pipe.hasIncoming()) {
                open.receive(ignored, 0, ignored.length, 1);
            }
            return true;
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "DTLS ended: {0}", e.getMessage());
            return false;
        }
    }

    /** Tells the other side (close_notify) where there is one. Idempotent. */
    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        DTLSTransport open = transport;
        try {
            if (open != null) {
                open.close();
            }
        } catch (IOException e) {
            LOG.log(Level.DEBUG, "closing DTLS", e);
        }
        pipe.close();
    }
}
