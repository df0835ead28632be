package org.sipmgw.internal.sip;

import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * The final answer to a request of ours.
 *
 * @param status of the response; 0 where none came, because of time or of the network
 * @param reason its phrase, or why none came
 * @param headers values by lower case name, a list's elements one by one
 */
public record SipAnswer(int status, String reason, Map<String, List<String>> headers) {

    /** No answer came. */
    public static SipAnswer none(String reason) {
        return new SipAnswer(0, reason, Map.of());
    }

    /** All values of a header. */
    public List<String> all(String name) {
        return headers.getOrDefault(name.toLowerCase(Locale.ROOT), List.of());
    }

    /** The first value of a header. */
    public Optional<String> first(String name) {
        return all(name).stream().findFirst();
    }

    /** A header that is a number of seconds, whatever follows it; empty where it is none. */
    public Optional<Integer> seconds(String name) {
        return first(name)
                .map(value -> value.strip().replaceFirst("\\D.*$", ""))
                .filter(digits -> digits.matches("\\d{1,9}"))
                .map(Integer::valueOf);
    }
}
