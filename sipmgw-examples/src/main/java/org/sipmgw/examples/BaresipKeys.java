package org.sipmgw.examples;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Predicate;
import org.sipmgw.spi.ConfigException;

/**
 * Reads baresip's {@code config} file: the keys that have a meaning here become keys of our own configuration, the others
 * become warnings that say what to use instead.
 */
final class BaresipKeys {

    private final Map<String, String> values = new LinkedHashMap<>();
    private final TreeSet<String> others = new TreeSet<>();
    private final List<String> warnings = new ArrayList<>();

    private BaresipKeys() {}

    /**
     * Reads a file and adds what it says to a configuration that does not say it itself.
     *
     * @param configuration of {@code sipmgw run}; not changed
     * @param warnings gets what is not obeyed
     */
    static Map<String, Object> under(Map<?, ?> configuration, Path file, List<String> warnings) {
        BaresipKeys keys = new BaresipKeys();
        try {
            Files.readAllLines(file, StandardCharsets.UTF_8).forEach(keys::line);
        } catch (IOException e) {
            ConfigException refusal = new ConfigException("baresipConfig", file, "a file that can be read");
            refusal.initCause(e);
            throw refusal;
        }
        Map<String, Object> merged = copy(configuration);
        keys.translate(merged);
        keys.warnOfOthers(BaresipCounterparts::meaningless, "has no counterpart; leave it out");
        keys.warnOfOthers(key -> !BaresipCounterparts.meaningless(key), "is not known; see docs/configuration.md");
        warnings.addAll(keys.warnings);
        return merged;
    }

    private void warnOfOthers(Predicate<String> which, String what) {
        List<String> found = others.stream().filter(which).toList();
        if (!found.isEmpty()) {
            warnings.add("baresip's " + String.join(", ", found) + ": " + what);
        }
    }

    private static Map<String, Object> copy(Map<?, ?> map) {
        Map<String, Object> copy = new LinkedHashMap<>();
        map.forEach((key, value) -> copy.put(
                String.valueOf(key), value instanceof Map<?, ?> section ? new LinkedHashMap<>(section) : value));
        return copy;
    }

    private void line(String text) {
        String line = text.strip();
        int comment = line.indexOf('#');
        String[] pair =
                (comment < 0 ? line : line.substring(0, comment)).strip().split("\\s+", 2);
        if (pair.length == 2) {
            values.putIfAbsent(pair[0], pair[1].strip());
        } else if (!pair[0].isEmpty()) {
            others.add(pair[0]);
        }
    }

    private void translate(Map<String, Object> into) {
        values.forEach((key, value) -> {
            switch (key) {
                case "sip_listen" -> listen(into, value);
                case "net_interface" -> {
                    if (value.matches("[0-9.]+|[0-9A-Fa-f:]*:[0-9A-Fa-f:.]*")) {
                        put(into, "sip", "listen", List.of("udp:" + value + ":0", "tcp:" + value + ":0"));
                    } else {
                        warnings.add("baresip's net_interface: write the interface's address into sip.listen");
                    }
                }
                case "sip_certificate" -> put(into, "tls", "certificate", value);
                case "sip_cafile" -> put(into, "tls", "ca", value);
                case "sip_verify_server" -> put(into, "tls", "verifyServers", !value.equalsIgnoreCase("no"));
                case "rtp_ports" -> put(into, "media", "ports", value);
                case "rtp_timeout" -> number(into, key, value, "calls", "roomSilenceSeconds");
                case "call_max_calls" -> number(into, key, value, "calls", "max");
                case "video_size" -> put(into, "browser", "size", value);
                case "sip_tos" -> number(into, key, value, "sip", "tos");
                case "rtp_tos" -> number(into, key, value, "media", "audioTos");
                case "rtp_video_tos" -> number(into, key, value, "media", "videoTos");
                default ->
                    BaresipCounterparts.instead(key)
                            .ifPresentOrElse(
                                    instead -> warnings.add("baresip's " + key + ": " + instead),
                                    () -> others.add(key));
            }
        });
    }

    private static void listen(Map<String, Object> into, String value) {
        String address = value.matches(".*:\\d+") ? value : value + ":5060";
        put(into, "sip", "listen", List.of("udp:" + address, "tcp:" + address));
    }

    private static void number(Map<String, Object> into, String key, String value, String section, String name) {
        if (!value.matches("\\d{1,6}")) {
            throw new ConfigException("baresipConfig: " + key, value, "a number");
        }
        put(into, section, name, Integer.valueOf(value));
    }

    @SuppressWarnings("unchecked") // sections were copied as maps
    private static void put(Map<String, Object> into, String section, String key, Object value) {
        if (into.computeIfAbsent(section, name -> new LinkedHashMap<String, Object>()) instanceof Map<?, ?> found) {
            ((Map<Object, Object>) found).putIfAbsent(key, value);
        }
    }
}
