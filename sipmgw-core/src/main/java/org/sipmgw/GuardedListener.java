package org.sipmgw;

import org.sipmgw.account.RegistrationStatus;
import org.sipmgw.conference.ConferenceState;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.VideoLimits;
import org.sipmgw.spi.MediaStatistics;

/** Tells the embedder's listener; what it throws is logged and hurts no call. */
final class GuardedListener implements CallListener {
    private static final System.Logger LOG = System.getLogger(GuardedListener.class.getName());
    private final CallListener listener;

    GuardedListener(CallListener listener) {
        this.listener = listener;
    }

    @Override
    public void onIncoming(IncomingCall call) {
        guarded("onIncoming", () -> listener.onIncoming(call));
    }

    @Override
    public void onRegistration(RegistrationStatus status) {
        guarded("onRegistration", () -> listener.onRegistration(status));
    }

    @Override
    public void onProgress(Call call, int status, boolean earlyMedia) {
        guarded("onProgress", () -> listener.onProgress(call, status, earlyMedia));
    }

    @Override
    public void onState(Call call, CallState state) {
        guarded("onState", () -> listener.onState(call, state));
    }

    @Override
    public void onConference(Call call, ConferenceState state) {
        guarded("onConference", () -> listener.onConference(call, state));
    }

    @Override
    public void onDtmf(Call call, char key) {
        guarded("onDtmf", () -> listener.onDtmf(call, key));
    }

    @Override
    public void onTransferProgress(Call call, int status, String reason) {
        guarded("onTransferProgress", () -> listener.onTransferProgress(call, status, reason));
    }

    @Override
    public void onTransfer(Call call, TransferRequest request) {
        guarded("onTransfer", () -> listener.onTransfer(call, request));
    }

    @Override
    public void onReplaced(Call call, String byUri) {
        guarded("onReplaced", () -> listener.onReplaced(call, byUri));
    }

    @Override
    public void onHold(Call call, boolean held) {
        guarded("onHold", () -> listener.onHold(call, held));
    }

    @Override
    public void onWarning(Call call, String detail) {
        guarded("onWarning", () -> listener.onWarning(call, detail));
    }

    @Override
    public void onSendRate(Call call, int bitrateBps, VideoLimits picture) {
        guarded("onSendRate", () -> listener.onSendRate(call, bitrateBps, picture));
    }

    @Override
    public void onLoss(Call call, MediaStatistics.Way way, MediaKind kind, double share) {
        guarded("onLoss", () -> listener.onLoss(call, way, kind, share));
    }

    @Override
    public void onEnded(Call call, EndReason reason) {
        guarded("onEnded", () -> listener.onEnded(call, reason));
    }

    private static void guarded(String method, Runnable told) {
        try {
            told.run();
        } catch (RuntimeException | AssertionError problem) {
            LOG.log(System.Logger.Level.ERROR, "the listener's " + method + " failed", problem);
        }
    }
}
