/** The media engine: packets from the room to the page, pictures and sound from the page to the room. */
@NullMarked
package org.sipmgw.media;

import org.jspecify.annotations.NullMarked;
