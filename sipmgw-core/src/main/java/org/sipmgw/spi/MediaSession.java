package org.sipmgw.spi;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.sipmgw.sdp.LocalMedia;
import org.sipmgw.sdp.NegotiatedStream;

/**
 * The media of one call: the SIP leg's RTP, its way into the page, and the way back from the page's display and
 * speaker. Control methods are called from the call's loop only; packets run on threads of the engine.
 */
public interface MediaSession extends PagePeer, AutoCloseable {

    /** The addresses for descriptions; complete once {@link #gathered()} is. */
    LocalMedia localMedia();

    /**
     * Completed, on any thread, once the addresses are there that servers must be asked for. Fails with a {@link
     * DeviceException} that names the server where they cannot be had.
     */
    default CompletionStage<LocalMedia> gathered() {
        return CompletableFuture.completedFuture(localMedia());
    }

    /**
     * Applies the outcome of an offer/answer exchange, the first or a later one. Streams not in the list stop. Sending
     * starts as soon as there is something to send; nothing is sent before the first call.
     */
    void configure(List<NegotiatedStream> streams);

    /** Starts grabbing; a second call moves to another display and speaker (the browser was restarted). */
    void capture(DisplayPort display, SpeakerPort speaker);

    /**
     * Decodes what the room sends into these devices from now on, instead of sending it into the page; a second call moves to
     * other devices.
     */
    default void feed(PageDevices devices) {
        throw new UnsupportedOperationException("this engine decodes nothing");
    }

    /** The room asks for a key frame by SIP INFO (RFC 5168). At most one per second is made. */
    void requestKeyFrame();

    /**
     * Sends keys to the room as telephone events (RFC 4733), one after the other, while the stream of sound has agreed on
     * them and sends.
     *
     * @param keys each 0 to 9, *, #, A to D
     * @return completes when the last one was sent; fails where that cannot be
     */
    default CompletionStage<Void> sendKeys(String keys) {
        return CompletableFuture.failedFuture(new UnsupportedOperationException("this engine sends no keys"));
    }

    /** A snapshot of the counters; callable from any thread. */
    MediaStatistics statistics();

    /** Ends everything of this call: sends RTCP BYE, frees ports, native objects and threads; waits for that. */
    @Override
    void close();
}
