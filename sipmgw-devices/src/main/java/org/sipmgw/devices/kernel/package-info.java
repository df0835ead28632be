/** Device files of the Linux kernel: system calls behind a port, structures in native memory, locks, who holds what. */
@NullMarked
package org.sipmgw.devices.kernel;

import org.jspecify.annotations.NullMarked;
