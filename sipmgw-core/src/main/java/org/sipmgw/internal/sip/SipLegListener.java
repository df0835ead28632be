package org.sipmgw.internal.sip;

import java.util.Optional;

/** What happens on one dialog. Called from threads of the stack, one request at a time; implementations return at once. */
public interface SipLegListener {

    /**
     * An ACK arrived for a 2xx.
     *
     * @param cseq the CSeq number of the INVITE that it acknowledges
     * @param sdp the answer, when our 2xx made an offer
     */
    void onAck(long cseq, Optional<String> sdp);

    /** No ACK arrived for a 2xx although it was repeated for 64 T1 (RFC 3261 section 13.3.1.4). */
    void onAckMissing();

    /** The peer gives the INVITE up; answer it with 487 unless it is answered already. */
    void onCancel(Optional<String> reason);

    /** The peer has ended the dialog; the BYE is answered already. */
    void onBye(Optional<String> reason);

    /** A re-INVITE, UPDATE or INFO, to be answered by its own methods. */
    void onRequest(SipDialogRequest request);

    /** A request of ours failed in a way that means the dialog is dead at the peer (408, 481, transport error). */
    void onDialogLost(String detail);
}
