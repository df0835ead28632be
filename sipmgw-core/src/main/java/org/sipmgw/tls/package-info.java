/** Certificates and what is asked of the other side's, for everything of the gateway that speaks TLS. */
@NullMarked
package org.sipmgw.tls;

import org.jspecify.annotations.NullMarked;
