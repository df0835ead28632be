/** Test support for those who embed the gateway: a virtual room system and ways to recognise picture and sound. */
@NullMarked
package org.sipmgw.testsupport;

import org.jspecify.annotations.NullMarked;
