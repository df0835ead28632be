package org.sipmgw;

import org.sipmgw.conference.ConferenceState;
import org.sipmgw.spi.ConferenceSession;

/** What one seat reports, on the call's loop; never after it was disposed of. */
interface ConferenceLegEvents {
    void onSeat(ConferenceSession session);

    void onNoSeat(Throwable problem);

    void onJoined(ConferenceState state);

    void onNotJoined(Throwable problem);

    void onConferenceState(ConferenceState state);

    void onGone(boolean retry, String detail);
}
