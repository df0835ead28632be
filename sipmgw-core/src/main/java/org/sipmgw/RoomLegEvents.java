package org.sipmgw;

import org.sipmgw.internal.sip.SipDialogRequest;

/** What the room's side of a call reports, on the call's loop. */
interface RoomLegEvents {
    /** Runs the task on the call's loop; a fault ends the call, a call that is over does nothing. For answers that come on other threads. */
    void onLoop(Runnable task);

    /** The room system hung up. */
    void onRoomHungUp(String detail);

    /** The room system gave up before it was answered. */
    void onRoomCancelled(String detail);

    /** The room system does not answer any more. */
    void onRoomLost(String detail);

    /** A later answer made the session impossible. */
    void onNoCommonMedia(String detail);

    /** The call survives it; for people. */
    void onWarning(String detail);

    /** The room is to be transferred. */
    void onRefer(SipDialogRequest request);

    /** What has come of a transfer that we have asked for. */
    void onNotify(SipDialogRequest request);

    void onKey(char key);

    void onHeld(boolean held);
}
