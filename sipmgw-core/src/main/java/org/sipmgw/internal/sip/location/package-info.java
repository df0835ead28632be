/** Which server a SIP URI means: NAPTR, SRV and addresses in DNS (RFC 3263). */
@NullMarked
package org.sipmgw.internal.sip.location;

import org.jspecify.annotations.NullMarked;
