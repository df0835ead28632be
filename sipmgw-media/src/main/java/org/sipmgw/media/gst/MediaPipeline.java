package org.sipmgw.media.gst;

import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import org.freedesktop.gstreamer.Bus;
import org.freedesktop.gstreamer.Caps;
import org.freedesktop.gstreamer.Element;
import org.freedesktop.gstreamer.Pipeline;
import org.freedesktop.gstreamer.State;
import org.freedesktop.gstreamer.StateChangeReturn;
import org.freedesktop.gstreamer.glib.Natives;
import org.sipmgw.spi.DeviceException;

/**
 * One GStreamer pipeline: owns its native objects from construction to {@link #close()}. Control methods may be called
 * from any thread; the threads that use its inputs and outputs must have ended
 * before close.
 */
public final class MediaPipeline implements AutoCloseable {

    private static final String DEVICE = "GStreamer pipeline";
    private static final long REASON_WAIT_NS = TimeUnit.MILLISECONDS.toNanos(500);

    private final Pipeline pipeline;
    private final Bus bus;
    private final Bus.ERROR errors;
    private final AtomicInteger live;
    private final Map<String, Element> elements = new HashMap<>();
    private final List<Runnable> freed = new ArrayList<>();
    private final AtomicReference<String> firstFault = new AtomicReference<>("");
    private volatile boolean started;
    private boolean stopped;
    private boolean closed;

    MediaPipeline(Pipeline pipeline, AtomicInteger live, Consumer<String> onFault) {
        this.pipeline = pipeline;
        this.live = live;
        live.incrementAndGet();
        this.bus = pipeline.getBus();
        this.errors = (source, code, message) -> {
            String detail = source.getName() + ": " + message;
            if (firstFault.compareAndSet("", detail) && started) {
                onFault.accept(detail);
            }
        };
        bus.connect(errors);
    }

    /** Sets a property of the element that is named {@code name} in the description. */
    public synchronized void set(String name, String property, Object value) {
        element(name).set(property, value);
    }

    /** Sets the caps of an {@code appsrc} or {@code capsfilter}; running encoders start anew with them. */
    public synchronized void caps(String name, String caps) {
        Caps parsed = Caps.fromString(caps);
        try {
            element(name).set("caps", parsed);
        } finally {
            parsed.dispose();
        }
    }

    /** Where frames or packets go in: an {@code appsrc}. */
    public synchronized FrameInput input(String name) {
        return new FrameInput(address(element(name)));
    }

    /** Where packets go in as they arrive: an {@code appsrc} with {@code do-timestamp}. */
    public synchronized PacketInput packets(String name) {
        PacketInput input = new PacketInput(address(element(name)));
        freed.add(input::free);
        return input;
    }

    /** Where packets come out: an {@code appsink}. */
    public synchronized PacketOutput output(String name) {
        PacketOutput output = new PacketOutput(address(element(name)));
        freed.add(output::free);
        return output;
    }

    /** Where decoded frames and sound come out: an {@code appsink}. */
    synchronized SampleOutput samples(String name) {
        return new SampleOutput(address(element(name)));
    }

    /** The same, seen where they lie: nothing is copied. */
    public synchronized SampleView view(String name) {
        SampleView view = new SampleView(address(element(name)));
        freed.add(view::free);
        return view;
    }

    /** Makes the encoder's next frame a key frame, with parameter sets. */
    public synchronized void forceKeyFrame(String encoder) {
        long event = GstVideoNative.gst_video_event_new_upstream_force_key_unit(GstBuffers.CLOCK_TIME_NONE, 1, 0);
        GstNative.gst_element_send_event(address(element(encoder)), event);
    }

    /**
     * Starts the pipeline on the system's monotonic clock.
     *
     * @return the {@link System#nanoTime()} at which its running time is 0
     * @throws DeviceException when it cannot start
     */
    public synchronized long start() {
        checkOpen();
        long clock = GstNative.gst_system_clock_obtain();
        GstNative.gst_pipeline_use_clock(address(pipeline), clock);
        // both are CLOCK_MONOTONIC on Linux; the difference is taken all the same, it costs nothing
        long baseTimeNs = GstNative.gst_clock_get_time(clock);
        long startNs = System.nanoTime();
        GstNative.gst_object_unref(clock);
        GstNative.gst_element_set_start_time(address(pipeline), GstBuffers.CLOCK_TIME_NONE);
        GstNative.gst_element_set_base_time(address(pipeline), baseTimeNs);
        if (pipeline.setState(State.PLAYING) == StateChangeReturn.FAILURE) {
            throw new DeviceException(DEVICE, "start", reason());
        }
        started = true;
        return startNs;
    }

    /** Waits until the pipeline plays. */
    public boolean playing(long timeoutMs) {
        return pipeline.getState(timeoutMs, TimeUnit.MILLISECONDS) == State.PLAYING;
    }

    /** Stops all GStreamer threads of this pipeline; {@link PacketOutput#pull} returns at once from now on. */
    public synchronized void stop() {
        if (!closed) {
            stopped = true;
            started = false;
            pipeline.setState(State.NULL);
        }
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        stop();
        closed = true;
        bus.disconnect(errors);
        freed.forEach(Runnable::run);
        elements.values().forEach(element -> {
            element.dispose();
            live.decrementAndGet();
        });
        bus.dispose();
        pipeline.dispose();
        live.decrementAndGet();
    }

    /** Why the start failed: the message comes on a thread of its own, a little later than the failure. */
    private String reason() {
        long deadlineNs = System.nanoTime() + REASON_WAIT_NS;
        String detail = Objects.requireNonNullElse(firstFault.get(), "");
        while (detail.isEmpty() && System.nanoTime() < deadlineNs) {
            LockSupport.parkNanos(REASON_WAIT_NS / 100);
            detail = Objects.requireNonNullElse(firstFault.get(), "");
        }
        return detail.isEmpty() ? "an element refused to start" : detail;
    }

    private Element element(String name) {
        checkOpen();
        return elements.computeIfAbsent(name, key -> {
            Element found = pipeline.getElementByName(key);
            if (found == null) {
                throw new IllegalArgumentException("no element is named " + key);
            }
            live.incrementAndGet();
            return found;
        });
    }

    private void checkOpen() {
        if (closed || stopped) {
            throw new IllegalStateException("pipeline is closed");
        }
    }

    private static long address(Element element) {
        return Pointer.nativeValue(Natives.getRawPointer(element));
    }
}
