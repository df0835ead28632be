package org.sipmgw.account;

import java.util.Optional;

/**
 * A domain, registrar or proxy as a SIP URI names it.
 *
 * @param host name or address, IPv6 without brackets
 * @param port 0 where none is given: then DNS tells (RFC 3263), else 5060, or 5061 with TLS
 * @param transport empty where none is given: then DNS tells, else UDP
 */
public record SipServer(String host, int port, Optional<SignallingTransport> transport) {
    public SipServer {
        if (host.isBlank() || port < 0 || port > 65_535) {
            throw new IllegalArgumentException("not a host and port: " + host + " " + port);
        }
    }

    /** The host as a URI writes it: IPv6 in brackets. */
    public String hostInUri() {
        return host.indexOf(':') >= 0 ? "[" + host + "]" : host;
    }
}
