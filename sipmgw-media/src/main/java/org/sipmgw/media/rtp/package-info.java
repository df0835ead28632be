/** RTP and RTCP (RFC 3550, 3551, 4585, 5104, 5761): packet views, pooled buffers, statistics, forwarding; no I/O. */
@NullMarked
package org.sipmgw.media.rtp;

import org.jspecify.annotations.NullMarked;
