package org.sipmgw.account;

import java.util.Locale;
import java.util.Optional;

/** Takes a SIP URI apart, as far as accounts need it. */
final class SipUris {
    private SipUris() {}

    /**
     * The parts of a URI.
     *
     * @param secure sips:
     * @param user user part, empty where there is none
     * @param password the deprecated password of the user part, empty where there is none
     * @param server host, port, transport
     */
    record Parts(boolean secure, String user, String password, SipServer server) {
        @Override
        public String toString() {
            return server.toString();
        }
    }

    /** @throws IllegalArgumentException saying what is allowed */
    static Parts parse(String uri) {
        int colon = uri.indexOf(':');
        String scheme = colon < 0 ? "" : uri.substring(0, colon).toLowerCase(Locale.ROOT);
        if (!scheme.equals("sip") && !scheme.equals("sips")) {
            throw new IllegalArgumentException("must begin with sip: or sips:");
        }
        int semicolon = uri.indexOf(';', Math.max(uri.lastIndexOf('@'), 0));
        String authority = uri.substring(colon + 1, semicolon < 0 ? uri.length() : semicolon);
        Parameters parameters = Parameters.parse(semicolon < 0 ? "" : uri.substring(semicolon));
        int at = authority.lastIndexOf('@');
        String userInfo = at < 0 ? "" : authority.substring(0, at);
        int secret = userInfo.indexOf(':');
        HostPort where = HostPort.parse(authority.substring(at + 1));
        Optional<SignallingTransport> transport = parameters.take("transport").map(SipUris::transport);
        if (scheme.equals("sips")) {
            transport = Optional.of(SignallingTransport.TLS);
        }
        return new Parts(
                scheme.equals("sips"),
                secret < 0 ? userInfo : userInfo.substring(0, secret),
                secret < 0 ? "" : userInfo.substring(secret + 1),
                new SipServer(where.host(), where.port(), transport));
    }

    private static SignallingTransport transport(String value) {
        return switch (value.toLowerCase(Locale.ROOT)) {
            case "udp" -> SignallingTransport.UDP;
            case "tcp" -> SignallingTransport.TCP;
            case "tls" -> SignallingTransport.TLS;
            default -> throw new IllegalArgumentException("transport must be udp, tcp or tls, not " + value);
        };
    }
}
