package org.sipmgw;

import java.time.Duration;
import org.sipmgw.conference.Room;
import org.sipmgw.internal.sip.SipCall;

/**
 * What a call that we place is given beside what every call is.
 *
 * @param sip its INVITE
 * @param room the conference it joins
 * @param ringTimeout how long it may ring
 */
record PlacedCall(SipCall sip, Room room, Duration ringTimeout) {}
