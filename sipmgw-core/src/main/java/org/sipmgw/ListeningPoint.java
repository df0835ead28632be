package org.sipmgw;

import org.sipmgw.spi.ConfigException;

/**
 * Where the gateway listens for SIP.
 *
 * @param transport UDP, TCP or TLS
 * @param address an IP address of this machine, IPv4 or IPv6 without brackets; also what is told to others
 * @param port 1 to 65535, or 0 for any free port
 */
public record ListeningPoint(Transport transport, String address, int port) {

    public ListeningPoint {
        if (port < 0 || port > 65535) {
            throw new ConfigException("listen port", port, "0 to 65535");
        }
    }

    /** Listens on UDP. */
    public static ListeningPoint udp(String address, int port) {
        return new ListeningPoint(Transport.UDP, address, port);
    }

    /** Listens on TCP. */
    public static ListeningPoint tcp(String address, int port) {
        return new ListeningPoint(Transport.TCP, address, port);
    }

    /** Listens on TLS; needs {@link Gateway.Builder#tls} with a certificate. */
    public static ListeningPoint tls(String address, int port) {
        return new ListeningPoint(Transport.TLS, address, port);
    }
}
