/** Sound cards of the kernel: raw PCM of ALSA for the loopback of {@code snd-aloop}, libasound where names and conversion are wanted. */
@NullMarked
package org.sipmgw.devices.alsa;

import org.jspecify.annotations.NullMarked;
