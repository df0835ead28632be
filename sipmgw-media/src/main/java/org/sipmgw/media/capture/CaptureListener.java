package org.sipmgw.media.capture;

/** What a {@link RoomCapture} reports. Called from its threads; implementations return at once and close nothing there. */
@FunctionalInterface
public interface CaptureListener {

    /**
     * The capture cannot go on: display or sound ended, or an encoder failed. Reported once; what is left is the
     * owner's {@link RoomCapture#close()}. A new capture may succeed, on another display or speaker.
     *
     * @param detail for people
     */
    void onFault(String detail);
}
