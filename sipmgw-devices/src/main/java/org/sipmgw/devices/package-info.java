/** What a browser needs around it: a display and an audio sink of its own. */
@NullMarked
package org.sipmgw.devices;

import org.jspecify.annotations.NullMarked;
