/** Grabbing an X display into memory that can be handed on without a copy (X11 protocol, MIT-SHM 1.2). */
@NullMarked
package org.sipmgw.media.x11;

import org.jspecify.annotations.NullMarked;
