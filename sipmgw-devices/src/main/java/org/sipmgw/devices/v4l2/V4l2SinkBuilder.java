package org.sipmgw.devices.v4l2;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.sipmgw.devices.kernel.KernelCalls;
import org.sipmgw.spi.ConfigException;
import org.sipmgw.spi.DeviceException;

/** Opens a {@link V4l2Sink}: a certain device, or any that is free. */
public final class V4l2SinkBuilder {
    /** What to do where no device is. */
    public static final String REMEDY =
            "apt-get install v4l2loopback-dkms && modprobe v4l2loopback devices=2 exclusive_caps=1,1 (docs/devices.md)";

    private final VideoFormat format;
    private @Nullable SinkListener listener;
    private boolean mapped = true;
    private int buffers = 4;
    private KernelCalls kernel = KernelCalls.running();
    private LongSupplier clock = System::nanoTime;

    V4l2SinkBuilder(VideoFormat format) {
        this.format = format;
    }

    /** Who hears of losses and readers; nobody unless set. */
    public V4l2SinkBuilder listener(SinkListener hears) {
        this.listener = hears;
        return this;
    }

    /** Frames go by write(2) instead of mapped buffers: about three times the cost, for drivers that need it. */
    public V4l2SinkBuilder written() {
        this.mapped = false;
        return this;
    }

    /** Mapped buffers asked for, 2 to 32, default 4; v4l2loopback grants its {@code max_buffers} at most. */
    public V4l2SinkBuilder buffers(int wanted) {
        if (wanted < 2 || wanted > 32) {
            throw new ConfigException("buffers", wanted, "2 to 32");
        }
        this.buffers = wanted;
        return this;
    }

    V4l2SinkBuilder kernel(KernelCalls port) {
        this.kernel = port;
        return this;
    }

    V4l2SinkBuilder clock(LongSupplier nanoTime) {
        this.clock = nanoTime;
        return this;
    }

    VideoFormat format() {
        return format;
    }

    @Nullable
    SinkListener listener() {
        return listener;
    }

    LongSupplier clock() {
        return clock;
    }

    LoopbackOpening opening() {
        return new LoopbackOpening(kernel, format, mapped, buffers);
    }

    /**
     * Opens a certain device.
     *
     * @throws DeviceException naming device, call and reason, and who holds it
     */
    public V4l2Sink open(Path path) {
        FrameOutput output = opening().open(path);
        return new V4l2Sink(this, path, card(path), output);
    }

    private String card(Path path) {
        return VideoNodes.list(kernel).stream()
                .filter(node -> node.path().equals(path))
                .map(VideoNode::card)
                .findFirst()
                .orElse(path.toString());
    }

    /**
     * Opens the first loopback device that is free, and keeps it from others until it is closed or this process ends.
     *
     * @throws DeviceException when there is none, saying of each what keeps it
     */
    public V4l2Sink openFree() {
        return openFree(node -> true);
    }

    /** As above, among those with a card name that begins like this. */
    public V4l2Sink openFree(String cardPrefix) {
        return openFree(node -> node.card().startsWith(cardPrefix));
    }

    private V4l2Sink openFree(Predicate<VideoNode> wanted) {
        List<String> reasons = new ArrayList<>();
        for (VideoNode node : VideoNodes.list(kernel)) {
            if (!node.loopback() || !wanted.test(node)) {
                continue;
            }
            if (!node.permitted()) {
                reasons.add(node.path() + ": not permitted (group video)");
                continue;
            }
            try {
                return new V4l2Sink(this, node.path(), node.card(), opening().open(node.path()));
            } catch (DeviceException e) {
                reasons.add(e.getMessage());
            }
        }
        throw new DeviceException(
                "loopback camera",
                "open",
                reasons.isEmpty() ? "there is none: " + REMEDY : "none is free: " + String.join("; ", reasons));
    }
}
