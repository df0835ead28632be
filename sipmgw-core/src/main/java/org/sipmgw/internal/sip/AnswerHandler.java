package org.sipmgw.internal.sip;

import gov.nist.javax.sip.message.SIPResponse;

/** Waits for the final answer to a request of ours; the application data of its transaction. Called once, by threads of the stack. */
interface AnswerHandler {
    void answered(SIPResponse response);

    /** No answer came (408), or none can. */
    void failed(int status);
}
