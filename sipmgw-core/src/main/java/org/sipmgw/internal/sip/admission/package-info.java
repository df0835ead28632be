/** Counting and bounding of what comes from outside. Pure rules: time is an argument, nothing of a SIP stack is seen. */
@NullMarked
package org.sipmgw.internal.sip.admission;

import org.jspecify.annotations.NullMarked;
