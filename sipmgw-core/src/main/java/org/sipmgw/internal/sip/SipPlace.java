package org.sipmgw.internal.sip;

/**
 * Host and port as a SIP URI writes them.
 *
 * @param host IPv6 in brackets
 * @param port 1 to 65535
 */
public record SipPlace(String host, int port) {

    /** {@code HOST:PORT}. */
    @Override
    public String toString() {
        return host + ":" + port;
    }
}
