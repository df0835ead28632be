package org.sipmgw.sdp;

import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Pattern;

/**
 * One {@code a=crypto} line that can be used (RFC 4568 section 9).
 *
 * @param tag as written, 1 to 9 digits
 * @param name of the suite, as written
 * @param suite what it means
 * @param key master key and salt
 * @param mkiBytes length of the master key identifier in packets, 0 for none
 */
record CryptoLine(String tag, String name, SrtpSuite suite, SrtpMasterKey key, int mkiBytes) {

    private static final Pattern SPACES = Pattern.compile(" +");
    private static final Pattern TAG = Pattern.compile("[0-9]{1,9}");
    private static final Pattern BAR = Pattern.compile("\\|");
    private static final int MAX_LIFETIME_BITS = 48;
    private static final int MAX_MKI_BYTES = 128;
    private static final String INLINE = "inline:";

    /** The lines that can be used, in order; broken and unknown ones are left out (RFC 4568 section 5.1.2). */
    static List<CryptoLine> of(MediaDescription line) {
        return line.values("crypto")
                .map(CryptoLine::parse)
                .flatMap(Optional::stream)
                .toList();
    }

    static Optional<CryptoLine> parse(String value) {
        String[] fields = SPACES.split(value.strip(), -1);
        if (fields.length < 3 || !TAG.matcher(fields[0]).matches()) {
            return Optional.empty();
        }
        for (int i = 3; i < fields.length; i++) {
            if (!ignorable(fields[i])) {
                return Optional.empty();
            }
        }
        return SrtpSuite.named(fields[1]).flatMap(suite -> keyed(fields, suite));
    }

    /** A parameter that need not be understood, or that asks for nothing (RFC 4568 section 6.3). */
    private static boolean ignorable(String parameter) {
        String upper = parameter.toUpperCase(Locale.ROOT);
        return upper.startsWith("-") || upper.startsWith("WSH=") || upper.equals("KDR=0");
    }

    /** Several keys in one line would be told apart by their identifiers in each packet: such a line is left out. */
    private static Optional<CryptoLine> keyed(String[] fields, SrtpSuite suite) {
        String parameters = fields[2];
        boolean inline = parameters.regionMatches(true, 0, INLINE, 0, INLINE.length());
        if (!inline || parameters.indexOf(';') >= 0) {
            return Optional.empty();
        }
        String[] parts = BAR.split(parameters.substring(INLINE.length()), -1);
        int mkiBytes = 0;
        for (int i = 1; i < parts.length; i++) {
            boolean last = i == parts.length - 1;
            if (parts[i].indexOf(':') >= 0) {
                OptionalInt length = mkiBytes(parts[i]);
                if (!last || length.isEmpty()) {
                    return Optional.empty();
                }
                mkiBytes = length.getAsInt();
            } else if (i > 1 || !lifetime(parts[i])) {
                return Optional.empty();
            }
        }
        int mki = mkiBytes;
        return SrtpMasterKey.parse(suite, parts[0]).map(key -> new CryptoLine(fields[0], fields[1], suite, key, mki));
    }

    private static OptionalInt mkiBytes(String text) {
        int colon = text.indexOf(':');
        OptionalInt length = PayloadFormats.number(text.substring(colon + 1), MAX_MKI_BYTES);
        boolean usable = length.isPresent() && length.getAsInt() > 0 && isNumber(text.substring(0, colon));
        return usable ? length : OptionalInt.empty();
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty() && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }

    /** Packets before another key, as a number or a power of two; who set it also keeps it, by new keys in time. */
    private static boolean lifetime(String text) {
        if (text.startsWith("2^")) {
            return PayloadFormats.number(text.substring(2), MAX_LIFETIME_BITS).isPresent();
        }
        return isNumber(text) && text.length() <= 15 && Long.parseLong(text) <= 1L << MAX_LIFETIME_BITS;
    }

    /** The same line with another key, as an answer has it, without identifier. */
    CryptoLine answeredWith(SrtpMasterKey own) {
        return new CryptoLine(tag, name, suite, own, 0);
    }

    /** The line as an attribute. */
    Attribute attribute() {
        return Attribute.of("crypto", tag + " " + name + " " + INLINE + key.base64());
    }
}
