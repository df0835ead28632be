package org.sipmgw.account;

import java.util.Locale;
import java.util.Optional;

/** Reads addresses of STUN and TURN servers. */
final class StunUris {
    private static final String ALLOWED =
            "must be stun:HOST[:PORT], turn:HOST[:PORT][?transport=udp|tcp] or turns:HOST[:PORT]";

    private StunUris() {}

    static StunServer parse(String uri, int defaultPort, int defaultTlsPort) {
        int colon = uri.indexOf(':');
        if (colon < 0) {
            throw new IllegalArgumentException(ALLOWED);
        }
        String scheme = uri.substring(0, colon).toLowerCase(Locale.ROOT);
        boolean tls = scheme.endsWith("s");
        boolean relay = scheme.startsWith("turn");
        if (!scheme.matches("(stun|turn)s?")) {
            throw new IllegalArgumentException(ALLOWED);
        }
        String rest = uri.substring(colon + 1);
        int question = rest.indexOf('?');
        String query = question < 0 ? "" : rest.substring(question + 1);
        String authority = question < 0 ? rest : rest.substring(0, question);
        int at = authority.lastIndexOf('@');
        HostPort where = HostPort.parse(authority.substring(at + 1));
        int port = where.port() > 0 ? where.port() : tls ? defaultTlsPort : defaultPort;
        return new StunServer(relay, where.host(), port, transport(tls, query), user(authority, at));
    }

    private static SignallingTransport transport(boolean tls, String query) {
        return switch (query.toLowerCase(Locale.ROOT)) {
            case "" -> tls ? SignallingTransport.TLS : SignallingTransport.UDP;
            case "transport=tcp" -> tls ? SignallingTransport.TLS : SignallingTransport.TCP;
            case "transport=tls" -> SignallingTransport.TLS;
            case "transport=udp" -> SignallingTransport.UDP;
            default -> throw new IllegalArgumentException(ALLOWED);
        };
    }

    private static Optional<Credentials> user(String authority, int at) {
        int colon = authority.indexOf(':');
        return at > 0 && colon > 0 && colon < at
                ? Optional.of(new Credentials(authority.substring(0, colon), authority.substring(colon + 1, at)))
                : Optional.empty();
    }
}
