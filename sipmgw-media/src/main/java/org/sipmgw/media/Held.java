package org.sipmgw.media;

import org.sipmgw.sdp.NegotiatedStream;

/** Whether a stream has nowhere to go: {@code c=0.0.0.0} or port 0 (RFC 3264 section 8.4). */
final class Held {
    private Held() {}

    static boolean isHeld(NegotiatedStream stream) {
        return stream.remoteRtp().isUnresolved()
                || stream.remoteRtp().getAddress().isAnyLocalAddress()
                || stream.remoteRtp().getPort() == 0;
    }

    static boolean sends(NegotiatedStream stream) {
        return stream.direction().sends() && !isHeld(stream);
    }
}
