package org.sipmgw.sdp;

import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/** Reads the values of the lines that have a structure. */
final class SdpValues {

    private static final Pattern SPACE = Pattern.compile(" ");
    private static final Pattern TOKEN = Pattern.compile("[!#$%&'*+\\-.0-9A-Z^_`a-z{|}~]+");
    private static final Pattern PROTOCOL = Pattern.compile("[!#$%&'*+\\-.0-9A-Z^_`a-z{|}~/]+");
    private static final Pattern DIGITS = Pattern.compile("[0-9]{1,64}");
    private static final int MAX_PORT = 65_535;
    private static final int MAX_BANDWIDTH_DIGITS = 15;

    private SdpValues() {}

    static Origin origin(String value, SdpLines at) throws SdpException {
        String[] fields = fields(value, 6, at);
        if (!DIGITS.matcher(fields[1]).matches() || !DIGITS.matcher(fields[2]).matches()) {
            throw at.error("session id and version are not numbers");
        }
        return new Origin(fields[0], fields[1], fields[2], connection(fields[3], fields[4], fields[5], at));
    }

    static ConnectionData connection(String value, SdpLines at) throws SdpException {
        String[] fields = fields(value, 3, at);
        return connection(fields[0], fields[1], fields[2], at);
    }

    private static ConnectionData connection(String network, String type, String address, SdpLines at)
            throws SdpException {
        if (!TOKEN.matcher(network).matches() || !TOKEN.matcher(type).matches()) {
            throw at.error("network or address type is not a token");
        }
        return new ConnectionData(network, type, address);
    }

    static Bandwidth bandwidth(String value, SdpLines at) throws SdpException {
        int colon = value.indexOf(':');
        if (colon < 1 || !TOKEN.matcher(value.substring(0, colon)).matches()) {
            throw at.error("not of the form b=<type>:<number>");
        }
        return new Bandwidth(
                value.substring(0, colon), number(value.substring(colon + 1).strip(), MAX_BANDWIDTH_DIGITS, at));
    }

    static Attribute attribute(String value, SdpLines at) throws SdpException {
        int colon = value.indexOf(':');
        String name = colon < 0 ? value : value.substring(0, colon);
        if (!TOKEN.matcher(name).matches()) {
            throw at.error("attribute name is not a token");
        }
        return new Attribute(name, colon < 0 ? Optional.empty() : Optional.of(value.substring(colon + 1)));
    }

    static MediaDescription media(String value, SdpLines at) throws SdpException {
        String[] fields = SPACE.split(value.stripTrailing(), -1);
        if (fields.length < 4) {
            throw at.error("not of the form m=<media> <port> <protocol> <format> ...");
        }
        for (String field : fields) {
            if (!PROTOCOL.matcher(field).matches()) {
                throw at.error("empty or illegal field");
            }
        }
        int slash = fields[1].indexOf('/');
        String port = slash < 0 ? fields[1] : fields[1].substring(0, slash);
        int count = slash < 0 ? 1 : (int) number(fields[1].substring(slash + 1), 5, at);
        int number = (int) number(port, 5, at);
        if (number > MAX_PORT || count < 1 || count > MAX_PORT) {
            throw at.error("port or number of ports out of range");
        }
        MediaDescription line = MediaDescription.of(
                fields[0], number, fields[2], List.of(fields).subList(3, fields.length), List.of());
        return count == 1 ? line : line.withPortCount(count);
    }

    private static String[] fields(String value, int count, SdpLines at) throws SdpException {
        String[] fields = SPACE.split(value.stripTrailing(), -1);
        if (fields.length != count) {
            throw at.error(count + " fields expected");
        }
        for (String field : fields) {
            if (field.isEmpty()) {
                throw at.error("empty field");
            }
        }
        return fields;
    }

    private static long number(String text, int maxDigits, SdpLines at) throws SdpException {
        if (text.length() > maxDigits || !DIGITS.matcher(text).matches()) {
            throw at.error("not a number, or too large");
        }
        return Long.parseLong(text);
    }
}
