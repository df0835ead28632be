package org.sipmgw.examples;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.StringJoiner;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.sipmgw.spi.ConfigException;

/** One level of the configuration file: each key is asked for once; what is left then is unknown. Not thread-safe. */
final class Section {

    private final String path;
    private final Map<String, Object> left;
    private final TreeSet<String> known = new TreeSet<>();

    Section(String path, Map<?, ?> values) {
        this.path = path;
        this.left = new LinkedHashMap<>();
        values.forEach((key, value) -> left.put(String.valueOf(key), value));
    }

    /** A section below; an empty one where it is missing. */
    Section section(String key) {
        Object value = take(key);
        if (value == null) {
            return new Section(name(key), Map.of());
        }
        if (value instanceof Map<?, ?> map) {
            return new Section(name(key), map);
        }
        throw new ConfigException(name(key), kind(value), "a section with keys of its own");
    }

    /** What there is in place of what should be, without showing it. */
    static String kind(@Nullable Object value) {
        return value instanceof Map
                ? "a section"
                : value instanceof List ? "a list" : value == null ? "nothing" : "a value";
    }

    Optional<String> text(String key) {
        Object value = take(key);
        if (value instanceof Map || value instanceof List) {
            // it may have slipped here from another key, and hold a password
            throw new ConfigException(name(key), kind(value), "one value");
        }
        return Optional.ofNullable(value).map(String::valueOf).filter(text -> !text.isBlank());
    }

    int number(String key, int otherwise, int least, int most) {
        Object value = take(key);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Integer number && number >= least && number <= most) {
            return number;
        }
        throw new ConfigException(name(key), value, "a whole number from " + least + " to " + most);
    }

    boolean flag(String key, boolean otherwise) {
        Object value = take(key);
        if (value == null) {
            return otherwise;
        }
        if (value instanceof Boolean flag) {
            return flag;
        }
        throw new ConfigException(name(key), value, "true or false");
    }

    /** One of an enum's constants, in lower case. */
    <E extends Enum<E>> E choice(String key, Class<E> kind, E otherwise) {
        Optional<String> value = text(key);
        if (value.isEmpty()) {
            return otherwise;
        }
        StringJoiner allowed = new StringJoiner(", ");
        for (E constant : kind.getEnumConstants()) {
            String word = constant.name().toLowerCase(Locale.ROOT);
            if (word.equals(value.get())) {
                return constant;
            }
            allowed.add(word);
        }
        throw new ConfigException(name(key), value.get(), allowed.toString());
    }

    /** A section whose keys are names of the user's own, for example of people; its values are never shown. */
    Map<String, String> texts(String key) {
        Object value = take(key);
        if (value == null) {
            return Map.of();
        }
        if (!(value instanceof Map<?, ?> map)) {
            throw new ConfigException(name(key), "(hidden)", "a section of NAME: VALUE");
        }
        Map<String, String> texts = new LinkedHashMap<>();
        map.forEach((name, text) -> texts.put(String.valueOf(name), String.valueOf(text)));
        return texts;
    }

    /** A list of texts; one value counts as a list of one. */
    List<String> list(String key) {
        Object value = take(key);
        if (value == null) {
            return List.of();
        }
        if (value instanceof Map) {
            throw new ConfigException(name(key), kind(value), "one value or a list");
        }
        if (value instanceof List<?> values) {
            List<String> texts = new ArrayList<>();
            values.forEach(v -> texts.add(String.valueOf(v)));
            return texts;
        }
        return List.of(String.valueOf(value));
    }

    /** Two numbers with a separator between, for example {@code 640x360}. */
    int[] pair(String key, String separator, int[] otherwise, String allowed) {
        Optional<String> value = text(key);
        if (value.isEmpty()) {
            return otherwise;
        }
        String[] parts = value.get().split(separator, -1);
        try {
            if (parts.length == 2) {
                return new int[] {Integer.parseInt(parts[0].strip()), Integer.parseInt(parts[1].strip())};
            }
        } catch (NumberFormatException e) {
            throw refused(key, value.get(), allowed, e);
        }
        throw new ConfigException(name(key), value.get(), allowed);
    }

    private ConfigException refused(String key, String value, String allowed, Exception cause) {
        ConfigException refusal = new ConfigException(name(key), value, allowed);
        refusal.initCause(cause);
        return refusal;
    }

    /** Refuses keys that nobody asked for. */
    void nothingElse() {
        if (!left.isEmpty()) {
            Map.Entry<String, Object> first = left.entrySet().iterator().next();
            throw new ConfigException(name(first.getKey()), "unknown key", "the keys " + String.join(", ", known));
        }
    }

    String name(String key) {
        return path.isEmpty() ? key : path + "." + key;
    }

    private @Nullable Object take(String key) {
        known.add(key);
        return left.remove(key);
    }
}
