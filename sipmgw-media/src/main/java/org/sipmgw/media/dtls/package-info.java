/** DTLS-SRTP handshakes (RFC 5764) by Bouncy Castle. */
@NullMarked
package org.sipmgw.media.dtls;

import org.jspecify.annotations.NullMarked;
