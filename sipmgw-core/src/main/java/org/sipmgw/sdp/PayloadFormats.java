package org.sipmgw.sdp;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Reads {@code a=rtpmap} and {@code a=fmtp}, and knows the static payload types of RFC 3551. */
final class PayloadFormats {

    private static final Pattern RTPMAP = Pattern.compile("([^ /]+)/([0-9]{1,9})(?:/([0-9]{1,2}))? *");
    private static final Pattern SEMICOLON = Pattern.compile(";");

    private static final Map<Integer, RtpCodec> STATIC = Map.of(
            0, fixed("PCMU", 0, 8000),
            3, fixed("GSM", 3, 8000),
            4, fixed("G723", 4, 8000),
            8, fixed("PCMA", 8, 8000),
            9, fixed("G722", 9, 8000),
            15, fixed("G728", 15, 8000),
            18, fixed("G729", 18, 8000),
            31, fixed("H261", 31, 90_000),
            34, fixed("H263", 34, 90_000));

    private PayloadFormats() {}

    private static RtpCodec fixed(String name, int payloadType, int clockRateHz) {
        return new RtpCodec(name, payloadType, clockRateHz, 1, Map.of());
    }

    static List<RtpCodec> of(MediaDescription line) {
        Map<Integer, String> maps = byPayloadType(line, "rtpmap");
        Map<Integer, String> parameters = byPayloadType(line, "fmtp");
        List<RtpCodec> codecs = new ArrayList<>();
        for (String format : line.formats()) {
            OptionalInt payloadType = payloadType(format);
            if (payloadType.isEmpty()) {
                continue;
            }
            int type = payloadType.getAsInt();
            Optional<RtpCodec> codec = maps.containsKey(type)
                    ? codec(type, maps.getOrDefault(type, ""))
                    : Optional.ofNullable(STATIC.get(type));
            codec.map(found -> found.withParameters(parameters(parameters.getOrDefault(type, ""))))
                    .ifPresent(codecs::add);
        }
        return List.copyOf(codecs);
    }

    private static Map<Integer, String> byPayloadType(MediaDescription line, String name) {
        Map<Integer, String> values = new HashMap<>();
        line.values(name).forEach(value -> {
            int space = value.indexOf(' ');
            if (space > 0) {
                payloadType(value.substring(0, space))
                        .ifPresent(type -> values.putIfAbsent(
                                type, value.substring(space + 1).strip()));
            }
        });
        return values;
    }

    private static Optional<RtpCodec> codec(int payloadType, String rtpmap) {
        Matcher matcher = RTPMAP.matcher(rtpmap);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int clockRateHz = Integer.parseInt(matcher.group(2));
        String channels = matcher.group(3);
        return Optional.of(new RtpCodec(
                matcher.group(1),
                payloadType,
                clockRateHz,
                channels == null ? 1 : Math.max(1, Integer.parseInt(channels)),
                Map.of()));
    }

    /** Parameters of a fmtp line in order, keys in lower case; the first of equal keys counts. */
    static Map<String, String> parameters(String fmtp) {
        if (fmtp.isBlank()) {
            return Map.of();
        }
        Map<String, String> parameters = new LinkedHashMap<>();
        for (String part : SEMICOLON.split(fmtp, -1)) {
            int equals = part.indexOf('=');
            String key = (equals < 0 ? part : part.substring(0, equals)).strip();
            if (!key.isEmpty()) {
                parameters.putIfAbsent(
                        key.toLowerCase(Locale.ROOT),
                        equals < 0 ? "" : part.substring(equals + 1).strip());
            }
        }
        return Collections.unmodifiableMap(parameters);
    }

    static String text(Map<String, String> parameters) {
        return parameters.entrySet().stream()
                .map(entry -> entry.getValue().isEmpty() ? entry.getKey() : entry.getKey() + "=" + entry.getValue())
                .collect(Collectors.joining(";"));
    }

    /** A payload type in its only form: "08" is not written back as it came, so it names none. */
    private static OptionalInt payloadType(String text) {
        return text.length() > 1 && text.charAt(0) == '0' ? OptionalInt.empty() : number(text, 127);
    }

    /** A decimal number from 0 to {@code max}, or nothing. */
    static OptionalInt number(String text, int max) {
        if (text.isEmpty() || text.length() > 9) {
            return OptionalInt.empty();
        }
        int value = 0;
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c < '0' || c > '9') {
                return OptionalInt.empty();
            }
            value = value * 10 + (c - '0');
        }
        return value <= max ? OptionalInt.of(value) : OptionalInt.empty();
    }
}
