package org.sipmgw.admission;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.regex.Pattern;
import org.sipmgw.spi.ConfigException;

/**
 * Addresses with a common beginning (RFC 4632, RFC 4291 section 2.3).
 *
 * @param address any address of it
 * @param prefixBits how many leading bits are common: 0 to 32, or 128 for IPv6
 */
public record Network(InetAddress address, int prefixBits) {
    private static final Pattern LITERAL = Pattern.compile("[0-9.]+|[0-9A-Fa-f:.]*:[0-9A-Fa-f:.]*");

    public Network {
        int bits = address.getAddress().length * Byte.SIZE;
        if (prefixBits < 0 || prefixBits > bits) {
            throw new ConfigException(
                    "network", address.getHostAddress() + "/" + prefixBits, "a prefix of 0 to " + bits);
        }
    }

    /**
     * Reads {@code 192.0.2.0/24}, {@code 2001:db8::/32} or a single address.
     *
     * @throws ConfigException where it is none of these
     */
    public static Network parse(String text) {
        int slash = text.indexOf('/');
        String literal = slash < 0 ? text : text.substring(0, slash);
        try {
            if (LITERAL.matcher(literal).matches()) {
                InetAddress address = InetAddress.getByName(literal);
                int bits = address.getAddress().length * Byte.SIZE;
                return new Network(address, slash < 0 ? bits : Integer.parseInt(text.substring(slash + 1)));
            }
        } catch (UnknownHostException | NumberFormatException e) {
            throw refusal(text, e);
        }
        throw refusal(text, null);
    }

    private static ConfigException refusal(String text, @org.jspecify.annotations.Nullable Exception cause) {
        ConfigException refusal = new ConfigException("network", text, "an address or ADDRESS/BITS");
        if (cause != null) {
            refusal.initCause(cause);
        }
        return refusal;
    }

    /** Whether the address belongs to it; never one of the other family. */
    public boolean contains(InetAddress other) {
        byte[] ours = address.getAddress();
        byte[] theirs = other.getAddress();
        if (ours.length != theirs.length) {
            return false;
        }
        for (int bit = 0; bit < prefixBits; bit += Byte.SIZE) {
            int kept = Math.min(Byte.SIZE, prefixBits - bit);
            int mask = 0xff << (Byte.SIZE - kept);
            if (((ours[bit / Byte.SIZE] ^ theirs[bit / Byte.SIZE]) & mask) != 0) {
                return false;
            }
        }
        return true;
    }

    @Override
    public String toString() {
        return address.getHostAddress() + "/" + prefixBits;
    }
}
