package org.sipmgw.internal.sip;

import gov.nist.javax.sip.header.Via;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.stack.SIPTransactionStack;
import java.util.Iterator;
import java.util.Locale;
import javax.sip.message.Request;
import org.jspecify.annotations.Nullable;

/** INVITEs of ours that somebody has led back to us (RFC 3261 section 16.3, RFC 5393): a conference would join itself. */
final class OwnLoops {
    private static final String COOKIE = "z9hg4bk";

    private OwnLoops() {}

    /** Whether one of its Vias has the branch of an INVITE of ours that is not answered yet. */
    static boolean sentByUs(SIPRequest request, SIPTransactionStack stack) {
        if (!request.getMethod().equals(Request.INVITE) || request.getTo().getTag() != null) {
            return false;
        }
        Iterator<?> vias = request.getHeaders(Via.NAME);
        while (vias.hasNext()) {
            if (vias.next() instanceof Via via && ours(via.getBranch(), stack)) {
                return true;
            }
        }
        return false;
    }

    private static boolean ours(@Nullable String branch, SIPTransactionStack stack) {
        String id = branch == null ? "" : branch.toLowerCase(Locale.ROOT);
        return id.startsWith(COOKIE) && stack.findTransaction(id, false) != null;
    }
}
