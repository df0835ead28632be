package org.sipmgw;

import java.util.Optional;
import org.sipmgw.internal.sip.SipDialogRequest;
import org.sipmgw.internal.sip.SipLegListener;

/** Brings what the dialog reports to the call's loop. */
final class LegReports implements SipLegListener {
    private final CallLoop loop;
    private final CallFlow flow;

    LegReports(CallLoop loop, CallFlow flow) {
        this.loop = loop;
        this.flow = flow;
    }

    @Override
    public void onAck(long cseq, Optional<String> sdp) {
        loop.post(() -> flow.onAck(cseq, sdp));
    }

    @Override
    public void onAckMissing() {
        loop.post(() -> flow.onRoomLost("The room system did not acknowledge the answer"));
    }

    @Override
    public void onCancel(Optional<String> reason) {
        loop.post(() -> flow.onRoomCancelled(reason.orElse("The room system gave up")));
    }

    @Override
    public void onBye(Optional<String> reason) {
        loop.post(() -> flow.onRoomHungUp(reason.orElse("The room system hung up")));
    }

    @Override
    public void onRequest(SipDialogRequest request) {
        loop.post(() -> flow.onRequest(request));
    }

    @Override
    public void onDialogLost(String detail) {
        loop.post(() -> flow.onRoomLost(detail));
    }
}
