package org.sipmgw.internal.sip.auth;

import java.util.HashMap;
import java.util.Locale;
import java.util.Map;

/** The comma-separated {@code name=value} of a challenge or credentials (RFC 3261 section 25.1). */
final class ChallengeParameters {
    private static final int LONGEST = 8192;

    private ChallengeParameters() {}

    /** Names in lower case; the first of a name counts. What is no pair is passed over. */
    static Map<String, String> parse(String text) {
        Map<String, String> parameters = new HashMap<>();
        String input = text.length() > LONGEST ? text.substring(0, LONGEST) : text;
        int start = 0;
        while (start < input.length()) {
            int end = endOfPair(input, start);
            int equals = input.indexOf('=', start);
            if (equals > start && equals < end) {
                parameters.putIfAbsent(
                        input.substring(start, equals).strip().toLowerCase(Locale.ROOT),
                        unquoted(input.substring(equals + 1, end).strip()));
            }
            start = end + 1;
        }
        return parameters;
    }

    private static int endOfPair(String text, int start) {
        boolean quoted = false;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (quoted && c == '\\') {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ',' && !quoted) {
                return i;
            }
        }
        return text.length();
    }

    private static String unquoted(String value) {
        if (value.length() < 2 || value.charAt(0) != '"' || value.charAt(value.length() - 1) != '"') {
            return value;
        }
        return value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1");
    }

    static String quoted(String value) {
        return '"' + value.replace("\\", "\\\\").replace("\"", "\\\"") + '"';
    }
}
