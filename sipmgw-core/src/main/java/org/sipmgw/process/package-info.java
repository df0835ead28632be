/**
 * Child processes of a gateway: started as an ordinary user in sessions of their own, ended with everything they
 * started, and found again after the gateway itself was killed. Linux only: everything is read from {@code /proc}.
 */
@NullMarked
package org.sipmgw.process;

import org.jspecify.annotations.NullMarked;
