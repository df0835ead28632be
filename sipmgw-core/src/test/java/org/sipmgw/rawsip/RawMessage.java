package org.sipmgw.rawsip;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** A SIP message as lines; knows nothing but names, values and the body. */
public record RawMessage(String startLine, List<String> headers, String body) {

    public static RawMessage parse(String text) {
        int end = text.indexOf("\r\n\r\n");
        String head = end < 0 ? text : text.substring(0, end);
        String body = end < 0 ? "" : text.substring(end + 4);
        List<String> lines = new ArrayList<>(List.of(head.split("\r\n", -1)));
        return new RawMessage(lines.remove(0), List.copyOf(lines), body);
    }

    public boolean isResponse() {
        return startLine.startsWith("SIP/2.0 ");
    }

    public int status() {
        return isResponse() ? Integer.parseInt(startLine.substring(8, 11)) : 0;
    }

    public String method() {
        return isResponse() ? cseq().split(" ", 2)[1] : startLine.substring(0, startLine.indexOf(' '));
    }

    public String cseq() {
        return header("CSeq").orElse("0 NONE");
    }

    public int cseqNumber() {
        return Integer.parseInt(cseq().split(" ", 2)[0]);
    }

    /** The first header of this name. */
    public Optional<String> header(String name) {
        return all(name).stream().findFirst();
    }

    public List<String> all(String name) {
        String prefix = name.toLowerCase(Locale.ROOT) + ":";
        return headers.stream()
                .filter(line -> line.replace(" :", ":").toLowerCase(Locale.ROOT).startsWith(prefix))
                .map(line -> line.substring(line.indexOf(':') + 1).strip())
                .toList();
    }

    /** The tag parameter of From or To. */
    public Optional<String> tag(String name) {
        return header(name).filter(value -> value.contains(";tag=")).map(value -> {
            String rest = value.substring(value.indexOf(";tag=") + 5);
            int end = rest.indexOf(';');
            return end < 0 ? rest : rest.substring(0, end);
        });
    }

    /** The URI of Contact. */
    public String contactUri() {
        String contact = header("Contact").orElseThrow();
        return contact.substring(contact.indexOf('<') + 1, contact.indexOf('>'));
    }

    @Override
    public String toString() {
        return startLine + "\n" + String.join("\n", headers) + "\n\n" + body;
    }
}
