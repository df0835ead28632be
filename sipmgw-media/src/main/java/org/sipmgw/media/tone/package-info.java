/** Keys that are heard as tones (DTMF, ITU-T Q.23 and Q.24); no I/O. */
@NullMarked
package org.sipmgw.media.tone;

import org.jspecify.annotations.NullMarked;
