package org.sipmgw.internal.sip;

import gov.nist.javax.sip.header.SIPHeader;
import gov.nist.javax.sip.message.SIPResponse;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/** Waits at a client transaction for the final answer, and tells it once. */
final class AnswerTaker {
    private final Consumer<SipAnswer> answered;
    private final AtomicBoolean told = new AtomicBoolean();

    AnswerTaker(Consumer<SipAnswer> answered) {
        this.answered = answered;
    }

    void response(SIPResponse response) {
        if (response.getStatusCode() >= 200) {
            tell(new SipAnswer(response.getStatusCode(), phrase(response), headers(response)));
        }
    }

    void none(String why) {
        tell(SipAnswer.none(why));
    }

    private void tell(SipAnswer answer) {
        if (told.compareAndSet(false, true)) {
            answered.accept(answer);
        }
    }

    private static String phrase(SIPResponse response) {
        return SipReplies.quotable(response.getReasonPhrase() == null ? "" : response.getReasonPhrase());
    }

    private static Map<String, List<String>> headers(SIPResponse response) {
        Map<String, List<String>> found = new HashMap<>();
        Iterator<String> names = response.getHeaderNames();
        while (names.hasNext()) {
            String name = names.next();
            List<String> values = new ArrayList<>();
            Iterator<?> all = response.getHeaders(name);
            while (all.hasNext()) {
                if (all.next() instanceof SIPHeader header) {
                    values.add(String.valueOf(header.getHeaderValue()).strip());
                }
            }
            found.put(name.toLowerCase(Locale.ROOT), values);
        }
        return found;
    }
}
