/** UDP sockets of all calls on one thread: selector, pooled packets, port pairs. */
@NullMarked
package org.sipmgw.media.net;

import org.jspecify.annotations.NullMarked;
