package org.sipmgw.media.gst;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.freedesktop.gstreamer.Element;
import org.freedesktop.gstreamer.ElementFactory;
import org.freedesktop.gstreamer.Gst;
import org.freedesktop.gstreamer.GstException;
import org.freedesktop.gstreamer.Pipeline;
import org.freedesktop.gstreamer.Version;
import org.freedesktop.gstreamer.glib.GError;
import org.jspecify.annotations.Nullable;
import org.sipmgw.spi.DeviceException;

/**
 * GStreamer, loaded once into this process and never unloaded: its state is global by nature, and this is the only
 * class that knows so. Thread-safe.
 */
public final class GstRuntime {

    private static final String LIBRARY = "GStreamer";

    private final Map<GstElement, Boolean> proven = new EnumMap<>(GstElement.class);

    private GstRuntime() {}

    /**
     * Loads GStreamer, the first time only.
     *
     * @throws DeviceException when it is missing or too old, with the packages to install
     */
    public static GstRuntime load() {
        if (Once.FAILURE != null) {
            throw new DeviceException(
                    LIBRARY,
                    "load",
                    Once.FAILURE.getMessage() + "; install the Debian packages libgstreamer1.0-0 "
                            + "libgstreamer-plugins-base1.0-0 gstreamer1.0-plugins-base (1.20 or newer)",
                    Once.FAILURE);
        }
        return Once.RUNTIME;
    }

    /** The release, for example {@code 1.22.0}. */
    public String version() {
        return Gst.getVersion().toString();
    }

    /** Which of {@code elements} cannot be made here. */
    public List<GstElement> missing(List<GstElement> elements) {
        return elements.stream().filter(e -> !has(e)).toList();
    }

    /** Whether there is one. */
    boolean installed(GstElement element) {
        return has(element);
    }

    /** Whether it made of the test frame what it should; tried the first time only, which takes up to 2 s. */
    boolean proven(GstElement element, FrameProof proof) {
        synchronized (proven) {
            return proven.computeIfAbsent(element, tried -> proof.holds(this, tried));
        }
    }

    /**
     * Builds a pipeline that stands still.
     *
     * @param description in the syntax of {@code gst-launch-1.0}; never holds outside text
     * @param elements what it is made of
     * @param live counts native objects as long as they live
     * @param onFault called once, from a GStreamer thread, when the pipeline cannot go on
     * @throws DeviceException when an element is missing or the description cannot be linked
     */
    public MediaPipeline pipeline(
            String description, List<GstElement> elements, AtomicInteger live, Consumer<String> onFault) {
        for (GstElement element : missing(elements)) {
            throw new DeviceException(
                    "GStreamer element " + element.elementName(),
                    "find",
                    "not installed; install the Debian package " + element.debianPackage());
        }
        try {
            // an element that cannot be linked is no exception of the library, only an entry here
            List<GError> errors = new ArrayList<>();
            Element parsed = Gst.parseLaunch(description, errors);
            if (!errors.isEmpty()) {
                parsed.dispose();
                throw new DeviceException(LIBRARY, "parse", errors.get(0).getMessage() + " in: " + description);
            }
            if (parsed instanceof Pipeline pipeline) {
                return new MediaPipeline(pipeline, live, onFault);
            }
            parsed.dispose();
            throw new DeviceException(LIBRARY, "parse", "not a pipeline: " + description);
        } catch (GstException e) {
            throw new DeviceException(LIBRARY, "parse", e.getMessage() + " in: " + description, e);
        }
    }

    private static boolean has(GstElement element) {
        try {
            ElementFactory factory = ElementFactory.find(element.elementName());
            factory.dispose();
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    /** Initialisation on first use; a failure is remembered, since a second try cannot succeed. */
    private static final class Once {
        static final GstRuntime RUNTIME = new GstRuntime();

        @SuppressWarnings("StaticAssignmentOfThrowable") // the cause of every later refusal
        static final @Nullable Throwable FAILURE = failure();

        private static @Nullable Throwable failure() {
            try {
                Gst.init(Version.of(1, 20), "sipmgw");
                return null;
            } catch (GstException | LinkageError e) {
                return e;
            }
        }
    }
}
