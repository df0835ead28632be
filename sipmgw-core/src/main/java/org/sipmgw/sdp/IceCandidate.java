package org.sipmgw.sdp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;

/**
 * One candidate over UDP as in {@code a=candidate} (RFC 8839 section 5.1).
 *
 * @param foundation groups candidates of one kind
 * @param component 1 for RTP, 2 for RTCP
 * @param priority RFC 8445 section 5.1.2
 * @param address a literal address; names are not resolved
 * @param type {@code host}, {@code srflx}, {@code prflx} or {@code relay}
 */
public record IceCandidate(String foundation, int component, long priority, InetSocketAddress address, String type) {
    private static final String FOUNDATION = "[A-Za-z0-9+/]{1,32}";

    /**
     * Reads the value of the attribute. Empty for what there is no use for: TCP, further components, names such as mDNS
     * ones (the checks of the other side will tell its address), nonsense.
     */
    public static Optional<IceCandidate> parse(String value) {
        String[] words = value.strip().split("\\s+", 16);
        if (words.length < 8
                || !words[0].matches(FOUNDATION)
                || !words[1].matches("[12]")
                || !words[2].toLowerCase(Locale.ROOT).equals("udp")
                || !words[3].matches("\\d{1,10}")
                || !words[5].matches("\\d{1,5}")
                || !words[6].equals("typ")) {
            return Optional.empty();
        }
        int port = Integer.parseInt(words[5]);
        Optional<InetAddress> address = ConnectionData.literal(words[4], words[4].indexOf(':') < 0 ? "IP4" : "IP6")
                .filter(found -> !found.isMulticastAddress() && !found.isAnyLocalAddress());
        if (address.isEmpty() || port == 0 || port > 65_535) {
            return Optional.empty();
        }
        return Optional.of(new IceCandidate(
                words[0],
                Integer.parseInt(words[1]),
                Long.parseLong(words[3]),
                new InetSocketAddress(address.get(), port),
                words[7]));
    }

    Attribute attribute() {
        String host = ConnectionData.of(address.getAddress()).address();
        // the related address is not told: it would give away the inside (RFC 8839 section 5.1 allows that)
        String related = type.equals("host")
                ? ""
                : address.getAddress().getAddress().length == 4 ? " raddr 0.0.0.0 rport 9" : " raddr :: rport 9";
        return Attribute.of(
                "candidate",
                foundation + " " + component + " UDP " + priority + " " + host + " " + address.getPort() + " typ "
                        + type + related);
    }
}
