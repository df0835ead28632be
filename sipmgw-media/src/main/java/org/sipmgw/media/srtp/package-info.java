/** SRTP and SRTCP (RFC 3711, RFC 7714) by jitsi-srtp. */
@NullMarked
package org.sipmgw.media.srtp;

import org.jspecify.annotations.NullMarked;
