package org.sipmgw;

import org.sipmgw.internal.sip.SipPlace;
import org.sipmgw.spi.ConfigException;

/**
 * An address that a NAT forwards to our listening points, told in every Contact (RFC 3261 section 8.1.1.8) instead of
 * theirs.
 *
 * @param host an address, IPv6 without brackets, or a name
 * @param port 0 where the NAT leaves ports as they are
 */
public record PublicSipAddress(String host, int port) {

    public PublicSipAddress {
        if (!host.matches("[A-Za-z0-9-]{1,63}(\\.[A-Za-z0-9-]{1,63}){0,9}\\.?|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*")) {
            throw new ConfigException("sip.publicAddress", host, "HOST, HOST:PORT or [IPV6]:PORT");
        }
        if (port < 0 || port > 65_535) {
            throw new ConfigException("sip.publicAddress", port, "a port from 1 to 65535, or none");
        }
    }

    /** Reads {@code HOST}, {@code HOST:PORT} or {@code [IPV6]:PORT}. */
    public static PublicSipAddress parse(String text) {
        int colon = text.lastIndexOf(':');
        boolean withPort = text.startsWith("[") ? text.indexOf("]:") > 0 : colon >= 0 && colon == text.indexOf(':');
        String host = (withPort ? text.substring(0, colon) : text).replaceAll("^\\[(.*)]$", "$1");
        String port = withPort ? text.substring(colon + 1) : "0";
        if (!port.matches("\\d{1,5}")) {
            throw new ConfigException("sip.publicAddress", text, "HOST, HOST:PORT or [IPV6]:PORT");
        }
        return new PublicSipAddress(host, Integer.parseInt(port));
    }

    SipPlace place() {
        return new SipPlace(host.indexOf(':') < 0 ? host : "[" + host + "]", port);
    }
}
