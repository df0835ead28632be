/** Keeps accounts registered (RFC 3261 section 10, RFC 5626). */
@NullMarked
package org.sipmgw.internal.sip.registration;

import org.jspecify.annotations.NullMarked;
