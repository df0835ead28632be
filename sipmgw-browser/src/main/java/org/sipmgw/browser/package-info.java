/** Conference joiners that run in Chromium. */
@NullMarked
package org.sipmgw.browser;

import org.jspecify.annotations.NullMarked;
