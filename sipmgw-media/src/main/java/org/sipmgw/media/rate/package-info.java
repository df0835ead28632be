/** How much is sent and asked for: congestion control and the ladder of picture sizes; no I/O, time is an argument. */
@NullMarked
package org.sipmgw.media.rate;

import org.jspecify.annotations.NullMarked;
