/** The gateway: takes SIP calls and joins each to a web conference. */
@NullMarked
package org.sipmgw;

import org.jspecify.annotations.NullMarked;
