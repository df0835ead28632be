/** A small WebRTC peer: ICE, DTLS-SRTP and the session descriptions browsers write. For use inside the gateway and in tests. */
@NullMarked
package org.sipmgw.media.webrtc;

import org.jspecify.annotations.NullMarked;
