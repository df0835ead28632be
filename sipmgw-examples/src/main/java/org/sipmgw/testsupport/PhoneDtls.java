package org.sipmgw.testsupport;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import java.util.stream.Stream;
import org.sipmgw.media.dtls.DtlsConnection;
import org.sipmgw.media.dtls.DtlsIdentity;
import org.sipmgw.media.srtp.SrtpKeys;
import org.sipmgw.sdp.Fingerprint;

/**
 * DTLS-SRTP of one media line of a {@link VirtualPhone} (RFC 5763, 8842): offers {@code actpass}, takes the role that
 * the answer leaves, and accepts the certificate of the answer's fingerprint only. Thread-safe; a handshake has a
 * thread of its own.
 */
final class PhoneDtls implements PhoneSecurity {

    private static final Logger LOG = System.getLogger(PhoneDtls.class.getName());
    /** Datagrams that come before the answer does. */
    private static final int MAX_EARLY = 16;

    private final DtlsIdentity identity;
    private final DtlsConnection.Output output;
    private final PhoneSrtp srtp = new PhoneSrtp();
    private final Deque<byte[]> early = new ArrayDeque<>();
    private String tlsId = newTlsId();
    private List<String> agreed = List.of();
    private Optional<DtlsConnection> connection = Optional.empty();
    private boolean closed;

    /** @param output sends to where the answer says */
    PhoneDtls(DtlsIdentity identity, DtlsConnection.Output output) {
        this.identity = identity;
        this.output = output;
    }

    /** RFC 8842 section 5.2. */
    private static String newTlsId() {
        return (UUID.randomUUID() + "" + UUID.randomUUID()).replace("-", "");
    }

    @Override
    public synchronized List<String> attributes() {
        return List.of("rtcp-mux", "setup:actpass", "fingerprint:" + identity.fingerprint(), "tls-id:" + tlsId);
    }

    @Override
    public synchronized void renew() {
        tlsId = newTlsId();
    }

    @Override
    public synchronized void answered(List<String> attributes) {
        List<Fingerprint> expected =
                values(attributes, "fingerprint:").map(Fingerprint::parse).toList();
        Optional<String> setup = values(attributes, "setup:").findFirst();
        if (expected.isEmpty() || setup.isEmpty() || !attributes.contains("rtcp-mux")) {
            throw new IllegalStateException("the answer agrees to no DTLS over one port: " + attributes);
        }
        String theirTlsId = values(attributes, "tls-id:").findFirst().orElse("");
        List<String> association = List.of(tlsId, theirTlsId, expected.toString());
        if (closed || association.equals(agreed)) {
            return;
        }
        agreed = association;
        connection.ifPresent(DtlsConnection::close);
        DtlsConnection next = new DtlsConnection(identity, expected, setup.get().equals("passive"), output);
        early.forEach(datagram -> next.datagram(datagram, 0, datagram.length));
        early.clear();
        connection = Optional.of(next);
        Thread thread = new Thread(() -> shakeHands(next), "phone-dtls");
        thread.setDaemon(true);
        thread.start();
    }

    private static Stream<String> values(List<String> attributes, String prefix) {
        return attributes.stream().filter(a -> a.startsWith(prefix)).map(a -> a.substring(prefix.length()));
    }

    private void shakeHands(DtlsConnection current) {
        try {
            keyed(current, current.handshake());
        } catch (IOException e) {
            current.close();
            LOG.log(Level.WARNING, "DTLS with the gateway: {0}", e.getMessage());
        }
    }

    private synchronized void keyed(DtlsConnection current, SrtpKeys keys) {
        if (!closed && connection.filter(latest -> latest == current).isPresent()) {
            srtp.use(keys);
        }
    }

    @Override
    public boolean onePort() {
        return true;
    }

    @Override
    public PhoneSrtp srtp() {
        return srtp;
    }

    @Override
    public synchronized boolean handshake(byte[] buffer, int length) {
        // RFC 7983 section 7
        if (length == 0 || buffer[0] < 20 || buffer[0] > 63) {
            return false;
        }
        if (connection.isEmpty()) {
            if (early.size() < MAX_EARLY) {
                early.add(Arrays.copyOf(buffer, length));
            }
            return true;
        }
        connection.get().datagram(buffer, 0, length);
        if (connection.get().hasIncoming() && !connection.get().drain()) {
            LOG.log(Level.DEBUG, "the gateway has ended DTLS");
        }
        return true;
    }

    @Override
    public synchronized void close() {
        closed = true;
        connection.ifPresent(DtlsConnection::close);
    }
}
