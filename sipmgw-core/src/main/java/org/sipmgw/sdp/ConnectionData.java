package org.sipmgw.sdp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * A {@code c=} line (RFC 8866 section 5.7), or the address part of {@code o=}.
 *
 * @param networkType {@code IN}
 * @param addressType {@code IP4} or {@code IP6}
 * @param address as written: a literal or a host name, with "/ttl/count" where multicast
 */
public record ConnectionData(String networkType, String addressType, String address) {

    private static final Pattern IPV4 = Pattern.compile("\\d{1,3}(\\.\\d{1,3}){3}");
    private static final Pattern IPV6 = Pattern.compile("[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    /** Describes {@code address}, without a scope. */
    public static ConnectionData of(InetAddress address) {
        String text = address.getHostAddress();
        int scope = text.indexOf('%');
        return new ConnectionData(
                "IN", address instanceof Inet6Address ? "IP6" : "IP4", scope < 0 ? text : text.substring(0, scope));
    }

    /** The address if it is a literal of the stated type; host names are never resolved. */
    public Optional<InetAddress> literal() {
        int slash = address.indexOf('/');
        return literal(slash < 0 ? address : address.substring(0, slash), addressType);
    }

    static Optional<InetAddress> literal(String text, String addressType) {
        try {
            if (addressType.equals("IP4") && IPV4.matcher(text).matches()) {
                return Optional.of(InetAddress.getByName(text)).filter(found -> !(found instanceof Inet6Address));
            }
            if (addressType.equals("IP6") && IPV6.matcher(text).matches()) {
                // in brackets the JDK takes a literal only, so that no name is ever looked up
                return Optional.of(InetAddress.getByName("[" + text + "]"));
            }
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
        return Optional.empty();
    }

    @Override
    public String toString() {
        return networkType + " " + addressType + " " + address;
    }
}
