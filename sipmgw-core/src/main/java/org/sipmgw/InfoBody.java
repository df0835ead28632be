package org.sipmgw;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Bodies of SIP INFO: picture requests (RFC 5168) and keys in the two forms that room systems send. */
final class InfoBody {
    /** Asks the room for a key frame. */
    static final String PICTURE_FAST_UPDATE =
            "<?xml version=\"1.0\" encoding=\"utf-8\" ?>\r\n<media_control><vc_primitive>"
                    + "<to_encoder><picture_fast_update></picture_fast_update></to_encoder></vc_primitive></media_control>\r\n";

    private static final Pattern SIGNAL = Pattern.compile("(?im)^\\s*Signal\\s*=\\s*(\\S+)");

    private InfoBody() {}

    /** Whether the body asks for a key frame. No XML parser: the body comes from outside and one element matters. */
    static boolean asksForKeyFrame(String body) {
        return body.contains("picture_fast_update");
    }

    /** The body of {@code application/dtmf-relay} for a key. */
    static String relay(char key) {
        return "Signal=" + key + "\r\nDuration=160\r\n";
    }

    /** The key of {@code application/dtmf-relay} ({@code Signal=5}) or {@code application/dtmf} ({@code 5}). */
    static Optional<Character> key(String contentType, String body) {
        if (contentType.equals("application/dtmf")) {
            return named(body.strip());
        }
        Matcher signal = SIGNAL.matcher(body);
        return signal.find() ? named(signal.group(1)) : Optional.empty();
    }

    /** Some devices send the event codes of RFC 4733 for the keys that are no digits. */
    private static Optional<Character> named(String signal) {
        return switch (signal) {
            case "10" -> Optional.of('*');
            case "11" -> Optional.of('#');
            case "12" -> Optional.of('A');
            case "13" -> Optional.of('B');
            case "14" -> Optional.of('C');
            case "15" -> Optional.of('D');
            default ->
                signal.length() == 1 && "0123456789*#ABCDabcd".contains(signal)
                        ? Optional.of(Character.toUpperCase(signal.charAt(0)))
                        : Optional.empty();
        };
    }
}
