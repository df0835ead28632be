package org.sipmgw.sdp;

import java.util.Optional;
import java.util.Set;

/**
 * One {@code a=} line (RFC 8866 section 5.13).
 *
 * @param name attribute name, case-sensitive
 * @param value what follows the first ":", empty for a property attribute
 */
public record Attribute(String name, Optional<String> value) {

    private static final Set<String> SECRET = Set.of("crypto", "ice-pwd", "key-mgmt");

    /** A property attribute, for example {@code a=rtcp-mux}. */
    public static Attribute of(String name) {
        return new Attribute(name, Optional.empty());
    }

    /** A value attribute, for example {@code a=mid:0}. */
    public static Attribute of(String name, String value) {
        return new Attribute(name, Optional.of(value));
    }

    /** The attribute that states {@code direction}. */
    public static Attribute of(Direction direction) {
        return of(direction.token());
    }

    /** Whether the name is {@code other}. */
    public boolean is(String other) {
        return name.equals(other);
    }

    /** The value, "" for a property attribute. */
    public String text() {
        return value.orElse("");
    }

    /** For logs: hides the value of attributes that carry keys or passwords. */
    @Override
    public String toString() {
        if (value.isEmpty()) {
            return "a=" + name;
        }
        return "a=" + name + ":" + (SECRET.contains(name) ? "***" : value.get());
    }
}
