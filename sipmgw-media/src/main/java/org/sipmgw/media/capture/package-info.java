/** The conference's picture and sound, from a display and a speaker to finished RTP packets. */
@NullMarked
package org.sipmgw.media.capture;

import org.jspecify.annotations.NullMarked;
