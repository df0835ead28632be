package org.sipmgw.internal.sip;

import gov.nist.javax.sip.header.extensions.MinSE;
import gov.nist.javax.sip.header.extensions.SessionExpires;
import gov.nist.javax.sip.message.SIPMessage;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;
import javax.sip.message.Message;
import org.sipmgw.internal.sip.SipSessionTimer.Refresher;

/** Session-Expires, Min-SE and the option tag {@code timer} (RFC 4028). Headers that do not parse count as missing. */
final class SessionTimerHeaders {
    static final String TAG = "timer";
    private static final String EXPIRES = "Session-Expires";
    private static final String MINIMUM = "Min-SE";

    private SessionTimerHeaders() {}

    static SipSessionTimer read(SIPMessage message) {
        Optional<SessionExpires> expires = Optional.ofNullable(message.getHeader(EXPIRES))
                .filter(SessionExpires.class::isInstance)
                .map(SessionExpires.class::cast)
                .filter(header -> header.getExpires() > 0);
        Optional<Duration> minimum = Optional.ofNullable(message.getHeader(MINIMUM))
                .filter(MinSE.class::isInstance)
                .map(header -> Duration.ofSeconds(((MinSE) header).getExpires()));
        boolean supported = OptionTags.supported(message).contains(TAG)
                || OptionTags.required(message).contains(TAG);
        return new SipSessionTimer(
                supported,
                expires.map(header -> Duration.ofSeconds(header.getExpires())),
                expires.flatMap(header -> refresher(header.getRefresher())),
                minimum);
    }

    private static Optional<Refresher> refresher(@org.jspecify.annotations.Nullable String text) {
        if (text == null) {
            return Optional.empty();
        }
        return switch (text.toLowerCase(Locale.ROOT)) {
            case "uac" -> Optional.of(Refresher.UAC);
            case "uas" -> Optional.of(Refresher.UAS);
            default -> Optional.empty();
        };
    }

    /** For requests of ours. */
    static void ask(Message request, SipSessionTimer timer, SipReplies replies) {
        write(request, timer, replies);
        timer.minimum().ifPresent(least -> request.setHeader(replies.header(MINIMUM, seconds(least))));
    }

    /** For a 2xx of ours; {@code Require} only where the peer has to do something (section 9). */
    static void answer(Message response, SipSessionTimer timer, SipReplies replies) {
        write(response, timer, replies);
        if (timer.refresher().filter(who -> who == Refresher.UAC).isPresent()) {
            response.setHeader(replies.header("Require", TAG));
        }
    }

    /** For a 422. */
    static void tooSmall(Message response, Duration least, SipReplies replies) {
        response.setHeader(replies.header(MINIMUM, seconds(least)));
    }

    private static void write(Message message, SipSessionTimer timer, SipReplies replies) {
        timer.interval().ifPresent(interval -> {
            String who = timer.refresher()
                    .map(side -> ";refresher=" + side.name().toLowerCase(Locale.ROOT))
                    .orElse("");
            message.setHeader(replies.header(EXPIRES, seconds(interval) + who));
        });
    }

    private static String seconds(Duration time) {
        return Long.toString(Math.max(1, time.toSeconds()));
    }
}
