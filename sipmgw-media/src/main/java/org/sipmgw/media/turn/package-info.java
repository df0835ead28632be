/** A client for TURN (RFC 8656) and STUN (RFC 8489): relayed and server-reflexive addresses of media sockets. */
@NullMarked
package org.sipmgw.media.turn;

import org.jspecify.annotations.NullMarked;
