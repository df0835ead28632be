package org.sipmgw.sdp;

/** Walks over the lines of a description, checks what holds for each line, and counts them. */
final class SdpLines {

    private static final int MAX_LINES = 2000;
    private static final String KNOWN_TYPES = "vosiuepcbtrzkam";

    private final String text;
    private int next;
    private int number;
    private char type;
    private String value = "";

    SdpLines(String text) throws SdpException {
        this.text = text;
        if (text.length() > SessionDescription.MAX_LENGTH) {
            throw new SdpException(1, "longer than " + SessionDescription.MAX_LENGTH + " characters");
        }
    }

    /** Moves to the next line; false at the end, where the type is 0. */
    boolean advance() throws SdpException {
        number++;
        type = 0;
        value = "";
        if (next >= text.length()) {
            return false;
        }
        int end = text.indexOf('\n', next);
        int after = end < 0 ? text.length() : end + 1;
        int stop = end < 0 ? text.length() : end;
        if (stop > next && text.charAt(stop - 1) == '\r') {
            stop--;
        }
        take(next, stop);
        next = after;
        return true;
    }

    private void take(int start, int stop) throws SdpException {
        if (number > MAX_LINES) {
            throw error("more than " + MAX_LINES + " lines");
        }
        if (stop - start < 2 || text.charAt(start + 1) != '=') {
            throw error("not of the form <letter>=<value>");
        }
        type = text.charAt(start);
        if (KNOWN_TYPES.indexOf(type) < 0) {
            throw error("unknown type letter");
        }
        for (int i = start + 2; i < stop; i++) {
            char c = text.charAt(i);
            if (c == 0 || c == '\r') {
                throw error("NUL or CR inside the line");
            }
        }
        value = text.substring(start + 2, stop);
    }

    char type() {
        return type;
    }

    String value() {
        return value;
    }

    SdpException error(String reason) {
        return new SdpException(number, reason);
    }
}
