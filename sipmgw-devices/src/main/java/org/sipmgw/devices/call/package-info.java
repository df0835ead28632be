/** Loopback cameras and sound cards as the ports of one call. */
@NullMarked
package org.sipmgw.devices.call;

import org.jspecify.annotations.NullMarked;
