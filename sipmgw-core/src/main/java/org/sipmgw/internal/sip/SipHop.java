package org.sipmgw.internal.sip;

import java.net.InetAddress;

/**
 * Where a request goes next, found by whoever resolved its target (RFC 3263). A request without one goes where its Route
 * or request URI says.
 *
 * @param protocol the transport
 * @param address the server's address
 * @param port its port, 1 to 65535
 * @param serverName the name its certificate must bear: the domain of the URI that was resolved; the address itself for a literal
 */
public record SipHop(SipBinding.Protocol protocol, InetAddress address, int port, String serverName) {}
