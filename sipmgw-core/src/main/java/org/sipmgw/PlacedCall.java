package org.sipmgw;

import org.sipmgw.conference.Room;
import org.sipmgw.internal.sip.SipCall;

/**
 * What a call that we place is given beside what every call is.
 *
 * @param sip its INVITE
 * @param room the conference it joins
 * @param options as whom, and how
 */
record PlacedCall(SipCall sip, Room room, CallOptions options) {}
