/** ICE (RFC 8445) on one loopback socket by ice4j; its sockets stay off the media path. */
@NullMarked
package org.sipmgw.media.ice;

import org.jspecify.annotations.NullMarked;
