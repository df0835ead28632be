package org.sipmgw.account;

import java.util.Optional;

/**
 * A STUN or TURN server (RFC 7064, RFC 7065).
 *
 * @param relay whether it relays (turn:, turns:) or only tells addresses (stun:, stuns:)
 * @param host name or address, IPv6 without brackets
 * @param port 1 to 65535
 * @param transport how it is reached; {@link SignallingTransport#TLS} for turns: and stuns:
 * @param credentials long-term credentials, where there are any
 */
public record StunServer(
        boolean relay, String host, int port, SignallingTransport transport, Optional<Credentials> credentials) {
    private static final int PORT = 3478;
    private static final int TLS_PORT = 5349;

    public StunServer {
        if (host.isBlank() || port < 1 || port > 65_535) {
            throw new IllegalArgumentException("not a host and port: " + host + " " + port);
        }
    }

    /**
     * Reads {@code stun:host}, {@code turn:host:port?transport=tcp}, {@code turns:host}, or the older
     * {@code turn:user:password@host}.
     *
     * @throws IllegalArgumentException saying what is allowed; the text of the address is not in the message
     */
    public static StunServer parse(String uri) {
        return StunUris.parse(uri, PORT, TLS_PORT);
    }

    /** The same server with other credentials. */
    public StunServer withCredentials(Credentials other) {
        return new StunServer(relay, host, port, transport, Optional.of(other));
    }
}
