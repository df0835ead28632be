/** The ports: what media engines, conference joiners, displays and sinks implement. */
@NullMarked
package org.sipmgw.spi;

import org.jspecify.annotations.NullMarked;
