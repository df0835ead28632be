package org.sipmgw.internal.sip;

import java.net.InetAddress;
import java.util.Optional;

/**
 * Where a request goes next, found by whoever resolved its target (RFC 3263). A request without one goes where its Route
 * or request URI says.
 *
 * @param protocol the transport
 * @param address the server's address
 * @param port its port, 1 to 65535
 * @param serverName the name its certificate must bear: the domain of the URI that was resolved; the address itself for a literal
 * @param certificate PEM file with certificate and key that we show to the server; empty for the gateway's own
 */
public record SipHop(
        SipBinding.Protocol protocol, InetAddress address, int port, String serverName, Optional<String> certificate) {

    /** With the gateway's own certificate. */
    public SipHop(SipBinding.Protocol protocol, InetAddress address, int port, String serverName) {
        this(protocol, address, port, serverName, Optional.empty());
    }

    /** The same with another certificate. */
    public SipHop withCertificate(Optional<String> file) {
        return new SipHop(protocol, address, port, serverName, file);
    }
}
