/** Who may call the gateway, and how often. */
@NullMarked
package org.sipmgw.admission;

import org.jspecify.annotations.NullMarked;
