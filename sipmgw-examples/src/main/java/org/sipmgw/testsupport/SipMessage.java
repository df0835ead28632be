package org.sipmgw.testsupport;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A SIP message as text (RFC 3261 section 7), without folding of lines; short forms of headers are understood. */
final class SipMessage {

    private final String startLine;
    private final List<String[]> headers = new ArrayList<>();
    private String body = "";

    SipMessage(String startLine) {
        this.startLine = startLine;
    }

    static SipMessage parse(byte[] datagram, int length) {
        String text = new String(datagram, 0, length, StandardCharsets.UTF_8);
        int end = text.indexOf("\r\n\r\n");
        String[] lines = (end < 0 ? text : text.substring(0, end)).split("\r\n");
        SipMessage message = new SipMessage(lines[0]);
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon > 0) {
                message.headers.add(new String[] {
                    longForm(lines[i].substring(0, colon).strip()),
                    lines[i].substring(colon + 1).strip()
                });
            }
        }
        message.body = end < 0 ? "" : text.substring(end + 4);
        return message;
    }

    private static String longForm(String name) {
        return switch (name.toLowerCase(Locale.ROOT)) {
            case "v" -> "Via";
            case "f" -> "From";
            case "t" -> "To";
            case "i" -> "Call-ID";
            case "m" -> "Contact";
            case "l" -> "Content-Length";
            case "c" -> "Content-Type";
            default -> name;
        };
    }

    SipMessage with(String name, String value) {
        headers.add(new String[] {name, value});
        return this;
    }

    SipMessage body(String type, String content) {
        body = content;
        return content.isEmpty() ? this : with("Content-Type", type);
    }

    boolean isResponse() {
        return startLine.startsWith("SIP/2.0 ");
    }

    int status() {
        return isResponse() ? Integer.parseInt(startLine.split(" ")[1]) : 0;
    }

    String method() {
        return isResponse()
                ? header("CSeq").orElse("").replaceAll("^\\d+ +", "")
                : startLine.split(" ")[0];
    }

    String startLine() {
        return startLine;
    }

    String body() {
        return body;
    }

    Optional<String> header(String name) {
        return headers(name).stream().findFirst();
    }

    List<String> headers(String name) {
        return headers.stream()
                .filter(h -> h[0].equalsIgnoreCase(name))
                .map(h -> h[1])
                .toList();
    }

    /** A parameter of the first header of that name, for example the branch of Via. */
    Optional<String> parameter(String name, String parameter) {
        for (String part : header(name).orElse("").split("[;>]")) {
            if (part.strip().startsWith(parameter + "=")) {
                return Optional.of(part.strip().substring(parameter.length() + 1));
            }
        }
        return Optional.empty();
    }

    /** A response to this request; {@code tag} goes into To where it has none. */
    SipMessage response(int status, String reason, String tag) {
        SipMessage response = new SipMessage("SIP/2.0 " + status + " " + reason);
        headers("Via").forEach(v -> response.with("Via", v));
        headers("Record-Route").forEach(v -> response.with("Record-Route", v));
        String to = header("To").orElse("");
        return response.with("From", header("From").orElse(""))
                .with("To", to.contains(";tag=") ? to : to + ";tag=" + tag)
                .with("Call-ID", header("Call-ID").orElse(""))
                .with("CSeq", header("CSeq").orElse(""));
    }

    byte[] bytes() {
        byte[] content = body.getBytes(StandardCharsets.UTF_8);
        StringBuilder text = new StringBuilder(startLine).append("\r\n");
        for (String[] header : headers) {
            if (!header[0].equalsIgnoreCase("Content-Length")) {
                text.append(header[0]).append(": ").append(header[1]).append("\r\n");
            }
        }
        text.append("Content-Length: ")
                .append(content.length)
                .append("\r\n\r\n")
                .append(body);
        return text.toString().getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public String toString() {
        return startLine;
    }
}
