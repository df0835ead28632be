package org.sipmgw.internal.sip;

import gov.nist.javax.sip.message.SIPResponse;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import javax.sip.Dialog;
import javax.sip.header.RSeqHeader;
import org.jspecify.annotations.Nullable;

/**
 * The provisional answers to an INVITE of ours, device by device: acknowledges those that are reliable (RFC 3262), and keeps
 * the first session description of each. Not thread-safe.
 */
final class ProvisionalAnswers {
    private static final int MOST_DEVICES = 16;
    private final OutgoingRequests requests;
    private final Map<String, String> descriptions = new HashMap<>();
    private final Map<String, Long> sequence = new HashMap<>();

    ProvisionalAnswers(OutgoingRequests requests) {
        this.requests = requests;
    }

    /** Whether it counts: a reliable one that is repeated, or that comes before an earlier one, does not. */
    boolean take(@Nullable Dialog dialog, SIPResponse response) {
        if (!OptionTags.required(response).contains(ReliableProvisional.TAG)
                || !(response.getHeader(RSeqHeader.NAME) instanceof RSeqHeader header)) {
            return true;
        }
        String device = device(response);
        Long last = sequence.get(device);
        long number = header.getSequenceNumber();
        if (dialog == null || (last == null ? sequence.size() >= MOST_DEVICES : number != last + 1)) {
            return false;
        }
        sequence.put(device, number);
        requests.prack(dialog, response);
        return true;
    }

    /** The description in it where that is the first one of its device: later ones must say the same (RFC 3261 section 13.2.1). */
    Optional<String> newDescription(SIPResponse response) {
        String device = device(response);
        if (descriptions.size() >= MOST_DEVICES || descriptions.containsKey(device)) {
            return Optional.empty();
        }
        Optional<String> found = SipBodies.sdp(response);
        found.ifPresent(sdp -> descriptions.put(device, sdp));
        return found;
    }

    /** The description that the device of this answer has given before. */
    Optional<String> earlier(SIPResponse response) {
        return Optional.ofNullable(descriptions.get(device(response)));
    }

    private static String device(SIPResponse response) {
        return String.valueOf(response.getToTag());
    }
}
