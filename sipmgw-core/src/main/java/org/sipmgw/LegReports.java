package org.sipmgw;

import java.util.Optional;
import java.util.concurrent.Executor;
import org.sipmgw.internal.sip.SipDialogRequest;
import org.sipmgw.internal.sip.SipLegListener;

/** Brings what the dialog reports to the call's loop. */
final class LegReports implements SipLegListener {
    private final Executor tasks;
    private final CallFlow flow;

    LegReports(Executor tasks, CallFlow flow) {
        this.tasks = tasks;
        this.flow = flow;
    }

    @Override
    public void onAck(long cseq, Optional<String> sdp) {
        tasks.execute(() -> flow.room().onAck(cseq, sdp));
    }

    @Override
    public void onAckMissing() {
        tasks.execute(() -> flow.room().onRoomLost("The room system did not acknowledge the answer"));
    }

    @Override
    public void onCancel(Optional<String> reason) {
        tasks.execute(() -> flow.room().onRoomCancelled(reason.orElse("The room system gave up")));
    }

    @Override
    public void onBye(Optional<String> reason) {
        tasks.execute(() -> flow.room().onRoomHungUp(reason.orElse("The room system hung up")));
    }

    @Override
    public void onRequest(SipDialogRequest request) {
        tasks.execute(() -> flow.room().onRequest(request));
    }

    @Override
    public void onDialogLost(String detail) {
        tasks.execute(() -> flow.room().onRoomLost(detail));
    }
}
