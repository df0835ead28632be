/** Session descriptions (RFC 8866) and offer/answer (RFC 3264), without any I/O. */
@NullMarked
package org.sipmgw.sdp;

import org.jspecify.annotations.NullMarked;
