/** Video for Linux: loopback cameras that programs see as ordinary ones, and capture from cameras. */
@NullMarked
package org.sipmgw.devices.v4l2;

import org.jspecify.annotations.NullMarked;
