package org.sipmgw.sdp;

import java.util.List;

/**
 * Both halves of an outcome before it gets its {@code o=} line.
 *
 * @param lines our media lines
 * @param streams the accepted ones
 */
record Exchange(List<MediaDescription> lines, List<NegotiatedStream> streams) {}
