/** GStreamer: the only package that sees gst1-java-core. Wrapper for control, JNA direct mapping for frames and packets. */
@NullMarked
package org.sipmgw.media.gst;

import org.jspecify.annotations.NullMarked;
