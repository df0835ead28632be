package org.sipmgw.internal.sip;

import gov.nist.javax.sip.message.SIPMessage;
import java.util.Set;

/**
 * What a message says of its sender's abilities.
 *
 * @param allowed methods in upper case; empty where nothing is said
 * @param supported option tags in lower case
 * @param required option tags in lower case
 * @param sessionTimer the session timer
 */
public record SipExtensions(
        Set<String> allowed, Set<String> supported, Set<String> required, SipSessionTimer sessionTimer) {

    /** Nothing is said. */
    public static SipExtensions none() {
        return new SipExtensions(Set.of(), Set.of(), Set.of(), SipSessionTimer.none());
    }

    static SipExtensions read(SIPMessage message) {
        return new SipExtensions(
                OptionTags.allowed(message),
                OptionTags.supported(message),
                OptionTags.required(message),
                SessionTimerHeaders.read(message));
    }
}
