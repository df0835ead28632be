package org.sipmgw.account;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** {@code ;name=value;flag} with quoted values; each value is taken once, so that what is left over can be told. */
final class Parameters {
    private final Map<String, String> values = new LinkedHashMap<>();

    /** @throws IllegalArgumentException where a quote does not end */
    static Parameters parse(String text) {
        Parameters parameters = new Parameters();
        int start = 0;
        while (start < text.length()) {
            int end = endOfPart(text, start);
            String part = text.substring(start, end).strip();
            int equals = part.indexOf('=');
            if (equals > 0) {
                parameters.values.putIfAbsent(
                        part.substring(0, equals).strip().toLowerCase(Locale.ROOT),
                        unquoted(part.substring(equals + 1).strip()));
            } else if (!part.isEmpty()) {
                parameters.values.putIfAbsent(part.toLowerCase(Locale.ROOT), "");
            }
            start = end + 1;
        }
        return parameters;
    }

    private static int endOfPart(String text, int start) {
        boolean quoted = false;
        for (int i = start; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\\' && quoted) {
                i++;
            } else if (c == '"') {
                quoted = !quoted;
            } else if (c == ';' && !quoted) {
                return i;
            }
        }
        if (quoted) {
            throw new IllegalArgumentException("a quote does not end");
        }
        return text.length();
    }

    /** Undoes quotes; a backslash protects the next character inside them. */
    static String unquoted(String value) {
        if (value.length() < 2 || !value.startsWith("\"") || !value.endsWith("\"")) {
            return value;
        }
        return value.substring(1, value.length() - 1).replaceAll("\\\\(.)", "$1");
    }

    /** The value, which counts as read from now on. */
    Optional<String> take(String name) {
        return Optional.ofNullable(values.remove(name));
    }

    /** Names and values that nobody took. */
    Map<String, String> rest() {
        return values;
    }
}
