/** What is said about a conference, whatever its product. */
@NullMarked
package org.sipmgw.conference;

import org.jspecify.annotations.NullMarked;
