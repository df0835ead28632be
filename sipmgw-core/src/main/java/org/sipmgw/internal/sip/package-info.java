/** SIP signalling over JAIN-SIP: the only package that sees it. Knows dialogs and transactions, nothing of calls. */
@NullMarked
package org.sipmgw.internal.sip;

import org.jspecify.annotations.NullMarked;
