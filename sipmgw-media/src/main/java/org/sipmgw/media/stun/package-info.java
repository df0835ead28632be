/** STUN (RFC 8489) of the room's media: a TURN client (RFC 8656), reflexive addresses, and ICE (RFC 8445). */
@NullMarked
package org.sipmgw.media.stun;

import org.jspecify.annotations.NullMarked;
