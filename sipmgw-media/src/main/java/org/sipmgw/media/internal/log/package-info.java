/** Where the loggers of the Jitsi libraries lead. */
@NullMarked
package org.sipmgw.media.internal.log;

import org.jspecify.annotations.NullMarked;
