/** H.264 in RTP (RFC 6184): recognising and repairing, without decoding. */
@NullMarked
package org.sipmgw.media.h264;

import org.jspecify.annotations.NullMarked;
