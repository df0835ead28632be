package org.sipmgw.sdp;

import java.util.List;
import java.util.OptionalInt;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The header extension that numbers all packets of a transport (draft-holmer-rmcat-transport-wide-cc-extensions-01), as
 * {@code a=extmap} describes it (RFC 8285 section 5). Numbers that stand for both directions and fit the one-byte form
 * are used, others are as if they were not there.
 */
final class TransportSequence {

    private static final String URI = "http://www.ietf.org/id/draft-holmer-rmcat-transport-wide-cc-extensions-01";
    private static final Pattern SPACES = Pattern.compile(" +");
    private static final String SENDRECV = "/sendrecv";
    private static final int MOST = 14;
    private static final int PREFERRED = 5;

    private TransportSequence() {}

    /** The number that {@code line} gives to it, else the session. */
    static OptionalInt id(SessionDescription session, MediaDescription line) {
        OptionalInt id = id(line);
        return id.isPresent()
                ? id
                : first(session.attributes().stream()
                        .filter(attribute -> attribute.is("extmap"))
                        .map(Attribute::text));
    }

    /** The number that {@code line} gives to it. */
    static OptionalInt id(MediaDescription line) {
        return first(line.values("extmap"));
    }

    private static OptionalInt first(Stream<String> values) {
        return values.map(TransportSequence::id)
                .filter(OptionalInt::isPresent)
                .findFirst()
                .orElse(OptionalInt.empty());
    }

    private static OptionalInt id(String value) {
        String[] words = SPACES.split(value.strip(), -1);
        if (words.length < 2 || !words[1].equals(URI)) {
            return OptionalInt.empty();
        }
        OptionalInt id = PayloadFormats.number(number(words[0]), MOST);
        return id.isPresent() && id.getAsInt() > 0 ? id : OptionalInt.empty();
    }

    private static String number(String word) {
        return word.endsWith(SENDRECV) ? word.substring(0, word.length() - SENDRECV.length()) : word;
    }

    /** What describes it under that number. */
    static Attribute attribute(int id) {
        return Attribute.of("extmap", id + " " + URI);
    }

    /** For an offer: the number it has in the session's {@code lines} so far, else one that means nothing there. */
    static Attribute offered(List<MediaDescription> lines) {
        OptionalInt before = first(lines.stream().flatMap(line -> line.values("extmap")));
        int id = before.orElseGet(() -> IntStream.concat(
                        IntStream.rangeClosed(PREFERRED, MOST), IntStream.range(1, PREFERRED))
                .filter(next ->
                        lines.stream().flatMap(line -> line.values("extmap")).noneMatch(value -> names(value, next)))
                .findFirst()
                .orElse(PREFERRED));
        return attribute(id);
    }

    private static boolean names(String value, int id) {
        String word = SPACES.split(value.strip(), -1)[0];
        return word.equals(Integer.toString(id)) || word.startsWith(id + "/");
    }
}
