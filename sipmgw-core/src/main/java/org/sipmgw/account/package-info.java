/** SIP accounts: where the gateway registers and how calls that come that way are treated. Values and their readers. */
@NullMarked
package org.sipmgw.account;

import org.jspecify.annotations.NullMarked;
