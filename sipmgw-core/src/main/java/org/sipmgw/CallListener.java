package org.sipmgw;

import org.sipmgw.account.RegistrationStatus;
import org.sipmgw.conference.ConferenceState;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.VideoLimits;
import org.sipmgw.spi.MediaStatistics;

/** What happens to calls. Called on the call's own loop, one call of it at a time; implementations return at once. */
public interface CallListener {

    /**
     * An INVITE was admitted; the room is resolved and the room system hears ringing. Here or later the call may be
     * accepted, refused or redirected; who does nothing leaves it to the {@link AnswerPolicy}.
     */
    default void onIncoming(IncomingCall call) {}

    /** A registration has changed. Called on the registrations' own thread. */
    default void onRegistration(RegistrationStatus status) {}

    /**
     * The room system that the gateway calls is ringing, queued or being looked for.
     *
     * @param status 101 to 199
     * @param earlyMedia whether it sends media before it answers: they flow, and count in the statistics, but nobody is in
     *     the conference yet to hear them; of several devices it is the last one's
     */
    default void onProgress(Call call, int status, boolean earlyMedia) {}

    /** The call has moved on. */
    default void onState(Call call, CallState state) {}

    /** The state read back from the conference page has changed. */
    default void onConference(Call call, ConferenceState state) {}

    /** A key was pressed in the room: 0 to 9, *, #, A to D. */
    default void onDtmf(Call call, char key) {}

    /**
     * The room system asks the gateway to call another address in its place (RFC 3515). Declined unless the embedder takes
     * it, here or within 10 s.
     */
    default void onTransfer(Call call, TransferRequest request) {
        request.decline(603, "Transfers are not taken");
    }

    /**
     * How far a transfer is that the embedder has asked for.
     *
     * @param status what the room system is answered by whom it calls: 100 to 699, the last one is 200 or more
     */
    default void onTransferProgress(Call call, int status, String reason) {}

    /** Another room system has taken the call over (RFC 3891); the conference has noticed nothing. */
    default void onReplaced(Call call, String byUri) {}

    /** The room system holds or resumes the call. */
    default void onHold(Call call, boolean held) {}

    /** Something went wrong that the call survives (a browser is restarted, the room is silent …); for people. */
    default void onWarning(Call call, String detail) {}

    /**
     * What the room is sent of picture has changed with its network: the picture, or the rate by a fifth or more.
     *
     * @param bitrateBps bits per second at most
     * @param picture the largest picture, and frames per second
     */
    default void onSendRate(Call call, int bitrateBps, VideoLimits picture) {}

    /**
     * Packets are lost, many more or less than before, or no longer.
     *
     * @param share lost before anything was resent, 0 to 1; 0 when it is over
     */
    default void onLoss(Call call, MediaStatistics.Way way, MediaKind kind, double share) {}

    /** The call has ended and nothing of it is left. */
    default void onEnded(Call call, EndReason reason) {}
}
