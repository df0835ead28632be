package org.sipmgw.internal.sip;

/**
 * Where an endpoint listens.
 *
 * @param protocol the transport
 * @param address an IP address without brackets; the unspecified address for all
 * @param port 0 to 65535, 0 for any free port
 */
public record SipBinding(Protocol protocol, String address, int port) {

    /** A SIP transport. */
    public enum Protocol {
        UDP,
        TCP,
        TLS
    }
}
