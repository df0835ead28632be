package org.sipmgw.media.ice;

import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One candidate as in {@code a=candidate} (RFC 8839 section 5.1), component 1 over UDP.
 *
 * @param foundation groups candidates of one kind
 * @param priority RFC 8445 section 5.1.2
 * @param address a literal address; names are not resolved
 * @param type {@code host}, {@code srflx}, {@code prflx} or {@code relay}
 */
public record IceCandidate(String foundation, long priority, InetSocketAddress address, String type) {
    private static final Pattern LITERAL = Pattern.compile("[0-9.]{7,15}|[0-9a-fA-F:.]*:[0-9a-fA-F:.]*");

    /**
     * Reads the value of the attribute. Empty for what this side has no use for: TCP, other components, names such as
     * mDNS ones (the checks of the other side will tell its address), nonsense.
     */
    public static Optional<IceCandidate> parse(String value) {
        String[] words = value.trim().split("\\s+", -1);
        if (words.length < 8
                || !words[1].equals("1")
                || !words[2].toLowerCase(Locale.ROOT).equals("udp")
                || !LITERAL.matcher(words[4]).matches()) {
            return Optional.empty();
        }
        try {
            InetSocketAddress address = new InetSocketAddress(words[4], Integer.parseInt(words[5]));
            return address.isUnresolved() || address.getPort() == 0
                    ? Optional.empty()
                    : Optional.of(new IceCandidate(words[0], Long.parseLong(words[3]), address, words[7]));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** The value of the attribute. */
    public String value() {
        return foundation + " 1 udp " + priority + " " + address.getAddress().getHostAddress() + " " + address.getPort()
                + " typ " + type;
    }
}
