package org.sipmgw.internal.sip;

import gov.nist.javax.sip.message.SIPMessage;
import java.util.Iterator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.sip.header.AllowHeader;
import javax.sip.header.OptionTag;
import javax.sip.header.RequireHeader;
import javax.sip.header.SupportedHeader;

/** Lists of names in headers: option tags in lower case, methods in upper case. */
final class OptionTags {

    /** What the gateway has. */
    static final List<String> OURS = List.of("100rel", "replaces", SessionTimerHeaders.TAG);

    private OptionTags() {}

    static Set<String> required(SIPMessage message) {
        return tags(message.getHeaders(RequireHeader.NAME));
    }

    static Set<String> supported(SIPMessage message) {
        return tags(message.getHeaders(SupportedHeader.NAME));
    }

    private static Set<String> tags(Iterator<?> headers) {
        Set<String> found = new LinkedHashSet<>();
        while (headers.hasNext()) {
            if (headers.next() instanceof OptionTag tag && tag.getOptionTag() != null) {
                found.add(tag.getOptionTag().toLowerCase(Locale.ROOT));
            }
        }
        return found;
    }

    /** The methods that the sender takes; empty where it does not say. */
    static Set<String> allowed(SIPMessage message) {
        Set<String> found = new LinkedHashSet<>();
        Iterator<?> headers = message.getHeaders(AllowHeader.NAME);
        while (headers.hasNext()) {
            if (headers.next() instanceof AllowHeader allow && allow.getMethod() != null) {
                found.add(allow.getMethod().toUpperCase(Locale.ROOT));
            }
        }
        return found;
    }
}
