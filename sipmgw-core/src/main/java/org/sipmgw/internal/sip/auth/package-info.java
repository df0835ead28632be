/** Digest authentication as a client (RFC 3261 section 22, RFC 7616, RFC 8760). Knows text only, nothing of a SIP stack. */
@NullMarked
package org.sipmgw.internal.sip.auth;

import org.jspecify.annotations.NullMarked;
