package org.sipmgw.media.capture;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.sipmgw.media.gst.GstElement;
import org.sipmgw.media.gst.GstRuntime;
import org.sipmgw.spi.DeviceException;
import org.sipmgw.spi.DisplayPort;
import org.sipmgw.spi.SpeakerPort;

/** Opens captures and counts what they hold. One per media engine. Thread-safe. */
public final class CaptureEngine {

    private final CaptureSettings settings;
    private final AtomicInteger live = new AtomicInteger();

    /**
     * @param settings for all captures
     */
    public CaptureEngine(CaptureSettings settings) {
        this.settings = settings;
    }

    /**
     * Starts to grab and to send. The first packets come within about 200 ms, video with a key frame.
     *
     * @param display what the page shows
     * @param speaker what the page plays
     * @param streams the first that sends of each kind is made; none is an empty capture
     * @param listener told when the capture cannot go on
     * @throws DeviceException when display, sound or an encoder cannot be opened
     */
    public RoomCapture open(
            DisplayPort display, SpeakerPort speaker, List<OutgoingStream> streams, CaptureListener listener) {
        AtomicBoolean reported = new AtomicBoolean();
        return new RoomCapture(new CaptureRequest(display, speaker, List.copyOf(streams)), settings, live, detail -> {
            if (reported.compareAndSet(false, true)) {
                listener.onFault(detail);
            }
        });
    }

    /** How many native objects all captures of this engine hold now; 0 when all are closed. */
    public int nativeObjects() {
        return live.get();
    }

    /**
     * What is needed on this machine and missing, each as an element and the Debian package that holds it; empty when
     * everything is there.
     *
     * @throws DeviceException when GStreamer itself is missing
     */
    public static List<String> missing() {
        List<GstElement> needed = Arrays.stream(GstElement.values())
                .filter(GstElement::neededForCalls)
                .toList();
        return GstRuntime.load().missing(needed).stream()
                .map(e -> "GStreamer element " + e.elementName() + " (Debian package " + e.debianPackage() + ")")
                .toList();
    }
}
