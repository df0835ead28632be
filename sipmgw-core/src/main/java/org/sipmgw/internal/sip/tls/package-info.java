/** TLS for SIP by the JDK: certificates from files, their check, and sockets. Knows nothing of messages. */
@NullMarked
package org.sipmgw.internal.sip.tls;

import org.jspecify.annotations.NullMarked;
