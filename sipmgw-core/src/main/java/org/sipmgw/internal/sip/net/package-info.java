/** Sockets that a peer cannot hold up. Knows nothing of messages. */
@NullMarked
package org.sipmgw.internal.sip.net;

import org.jspecify.annotations.NullMarked;
