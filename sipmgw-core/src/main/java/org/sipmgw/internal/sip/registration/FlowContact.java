package org.sipmgw.internal.sip.registration;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.sipmgw.internal.sip.SipAnswer;
import org.sipmgw.internal.sip.SipBinding;
import org.sipmgw.internal.sip.SipHop;
import org.sipmgw.internal.sip.SipPlace;
import org.sipmgw.internal.sip.SipRequestText;

/**
 * What a flow's Contact says of where we are: at first our own address, behind a NAT the one where the registrar sees us
 * (Via's received and rport, RFC 3581). Sans-IO; not thread-safe.
 */
final class FlowContact {
    private static final Pattern VIA =
            Pattern.compile("SIP\\s*/\\s*2\\.0\\s*/\\s*\\w+\\s+(\\[[^\\]]+]|[^\\s:;]+)\\s*(?::\\s*(\\d{1,5}))?.*");
    private static final Pattern RECEIVED = parameter("received", "([0-9A-Fa-f.:\\[\\]]+)");
    private static final Pattern RPORT = parameter("rport", "(\\d{1,5})");
    /** A NAT that never gives the same port twice must not make us register for ever. */
    private static final int MOST_MOVES = 2;

    private String told = SipRequestText.LOCAL;
    private Optional<SipPlace> place = Optional.empty();
    private Optional<String> former = Optional.empty();
    private int moves;

    private static Pattern parameter(String name, String value) {
        return Pattern.compile(";\\s*" + name + "\\s*=\\s*\"?" + value, Pattern.CASE_INSENSITIVE);
    }

    /** Host, port and transport for the Contact of the next REGISTER. */
    String told() {
        return told;
    }

    /** What was told before, to be taken back by the next REGISTER. */
    Optional<String> former() {
        return former;
    }

    /** Where the registrar sees us, where that is another address than our own. */
    Optional<SipPlace> place() {
        return place;
    }

    /** The registrar has taken the latest REGISTER; true where it must be told another Contact. */
    boolean moved(SipHop hop, SipAnswer answer) {
        former = Optional.empty();
        Matcher via = VIA.matcher(answer.first("Via").orElse(""));
        if (!via.matches() || moves == MOST_MOVES) {
            moves = 0;
            return false;
        }
        String rest = via.group(0);
        SipPlace own = new SipPlace(via.group(1), number(via.group(2), 5060));
        SipPlace seen = new SipPlace(
                bracketed(find(RECEIVED, rest).orElse(own.host())),
                number(find(RPORT, rest).orElse(null), own.port()));
        boolean translated = !seen.host().equals(own.host())
                || (hop.protocol() == SipBinding.Protocol.UDP && seen.port() != own.port());
        // without a NAT a connection's own port is seen, and a listening one is what must be told
        Optional<SipPlace> now = translated ? Optional.of(seen) : Optional.empty();
        if (now.equals(place)) {
            moves = 0;
            return false;
        }
        moves++;
        place = now;
        former = Optional.of(told);
        told = now.map(at -> at + ";transport=" + hop.protocol().name().toLowerCase(Locale.ROOT))
                .orElse(SipRequestText.LOCAL);
        return true;
    }

    private static Optional<String> find(Pattern pattern, String text) {
        return pattern.matcher(text).results().findFirst().map(found -> found.group(1));
    }

    private static String bracketed(String host) {
        return host.indexOf(':') < 0 || host.startsWith("[") ? host : "[" + host + "]";
    }

    private static int number(@Nullable String digits, int otherwise) {
        int number = digits == null ? otherwise : Integer.parseInt(digits);
        return number < 1 || number > 65_535 ? otherwise : number;
    }
}
