package org.sipmgw;

import java.util.Optional;
import org.sipmgw.internal.sip.SipLeg;

/**
 * What one call is given when it begins.
 *
 * @param call as the embedder sees it
 * @param facts what is known of it
 * @param leg the dialog that the call began with
 * @param placed more of it where we place the call
 * @param gateway what the gateway was built of
 * @param loop the call's loop
 * @param work for what blocks
 * @param forget takes the call off the gateway's list
 */
record CallParts(
        IncomingCall call,
        CallFacts facts,
        SipLeg leg,
        Optional<PlacedCall> placed,
        GatewayParts gateway,
        CallLoop loop,
        BlockingWork work,
        Runnable forget) {

    /** What the called account wants otherwise than the gateway. */
    AccountWishes wishes() {
        return new AccountWishes(call.request().account());
    }

    boolean over() {
        return facts.state == CallState.ENDING || facts.state == CallState.ENDED;
    }
}
