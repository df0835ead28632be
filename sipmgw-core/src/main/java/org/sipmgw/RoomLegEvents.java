package org.sipmgw;

/** What the room's side of a call reports, on the call's loop. */
interface RoomLegEvents {
    /** The room system hung up. */
    void onRoomHungUp(String detail);

    /** The room system gave up before it was answered. */
    void onRoomCancelled(String detail);

    /** The room system does not answer any more. */
    void onRoomLost(String detail);

    /** A later answer made the session impossible. */
    void onNoCommonMedia(String detail);

    void onKey(char key);

    void onHeld(boolean held);
}
