package org.sipmgw.spi;

import java.util.concurrent.CompletionStage;

/**
 * The gateway's end of the loopback WebRTC connection into the conference page: the page's camera and microphone.
 * The page offers when it first asks for camera or microphone, and again after it was reloaded.
 */
public interface PagePeer {

    /**
     * Answers the page's offer (receive-only audio and video, all candidates gathered). A new offer replaces the
     * connection of an earlier one.
     *
     * @param offerSdp SDP of the page's {@code RTCPeerConnection}
     * @return the answer, with the gateway's candidates; fails with {@link IllegalArgumentException} for an offer
     *     that cannot be answered
     */
    CompletionStage<String> connect(String offerSdp);
}
