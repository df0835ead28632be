/** The launcher and small programs that embed the gateway. */
@NullMarked
package org.sipmgw.examples;

import org.jspecify.annotations.NullMarked;
