/** RTP in a codec that a browser cannot take to RTP in one that it can, to frames or to sound. */
@NullMarked
package org.sipmgw.media.transcode;

import org.jspecify.annotations.NullMarked;
