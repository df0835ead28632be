package org.sipmgw.account;

/**
 * A host and perhaps a port.
 *
 * @param host name or address, IPv6 without brackets
 * @param port 0 where none is given
 */
record HostPort(String host, int port) {

    /** @throws IllegalArgumentException where it is neither {@code HOST}, {@code HOST:PORT} nor {@code [IPV6]:PORT} */
    static HostPort parse(String text) {
        String host = text;
        String port = "";
        if (text.startsWith("[")) {
            int end = text.indexOf(']');
            host = end < 0 ? "" : text.substring(1, end);
            port = text.substring(end + 1).replaceFirst("^:", "");
        } else if (text.indexOf(':') >= 0 && text.indexOf(':') == text.lastIndexOf(':')) {
            host = text.substring(0, text.indexOf(':'));
            port = text.substring(text.indexOf(':') + 1);
        }
        if (!host.matches("[A-Za-z0-9._:%-]{1,255}") || !port.matches("\\d{0,5}")) {
            throw new IllegalArgumentException("must be HOST, HOST:PORT or [IPV6]:PORT");
        }
        int number = port.isEmpty() ? 0 : Integer.parseInt(port);
        if (number > 65_535) {
            throw new IllegalArgumentException("a port is at most 65535");
        }
        return new HostPort(host, number);
    }
}
