package org.sipmgw.devices.call;

import java.util.List;
import java.util.Optional;
import org.sipmgw.devices.alsa.CardLease;
import org.sipmgw.devices.alsa.LoopbackCards;
import org.sipmgw.devices.alsa.SoundCards;
import org.sipmgw.devices.v4l2.PixelFormat;
import org.sipmgw.devices.v4l2.V4l2Sink;
import org.sipmgw.devices.v4l2.VideoFormat;
import org.sipmgw.devices.v4l2.VideoNode;
import org.sipmgw.devices.v4l2.VideoNodes;
import org.sipmgw.spi.ConfigException;
import org.sipmgw.spi.DeviceException;
import org.sipmgw.spi.PageDevices;

/**
 * Gives each browser a loopback camera (v4l2loopback) and a loopback sound card (snd-aloop) of its own: free ones, taken by a
 * lock that ends with this process. The browser's user must be in the groups {@code video} and {@code audio}. Thread-safe.
 */
public final class KernelDevices implements PageDevices.Provider {
    private final Builder settings;

    private KernelDevices(Builder settings) {
        this.settings = settings;
    }

    /** With the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    /** Whether there is a camera and a card here that this process may use, free or not. */
    public static boolean present() {
        return VideoNodes.loopbacks().stream().anyMatch(VideoNode::permitted)
                && SoundCards.system().loopbacks().stream()
                        .anyMatch(card -> card.control().toFile().canWrite());
    }

    @Override
    public Optional<PageDevices> open(int width, int height) {
        VideoFormat format = new VideoFormat(PixelFormat.YU12, width, height, settings.framesPerSecond);
        KernelCamera camera = new KernelCamera(V4l2Sink.builder(format).openFree(settings.cameraPrefix), format);
        try {
            CardLease lease = LoopbackCards.system().take(settings.cards);
            try {
                return Optional.of(new PageDevices(camera, KernelMicrophone.on(lease, settings.latencyMs)));
            } catch (DeviceException e) {
                lease.close();
                throw e;
            }
        } catch (DeviceException e) {
            camera.close();
            throw e;
        }
    }

    /** Which devices are taken. Not thread-safe. */
    public static final class Builder {
        private String cameraPrefix = "";
        private List<String> cards = List.of();
        private int framesPerSecond = 30;
        private int latencyMs = 40;

        private Builder() {}

        /** Only cameras whose name begins like this; any where not given. */
        public Builder cameras(String namePrefix) {
            this.cameraPrefix = namePrefix;
            return this;
        }

        /** Only cards with these ids, in order of preference; any where not given. */
        public Builder cards(List<String> ids) {
            this.cards = List.copyOf(ids);
            return this;
        }

        /** Of cameras, 1 to 60; 30 where not given. */
        public Builder framesPerSecond(int rate) {
            if (rate < 1 || rate > 60) {
                throw new ConfigException("framesPerSecond", rate, "1 to 60");
            }
            this.framesPerSecond = rate;
            return this;
        }

        /** How much sound waits in the card, 10 to 1000; 40 where not given. */
        public Builder latencyMs(int milliseconds) {
            if (milliseconds < 10 || milliseconds > 1000) {
                throw new ConfigException("latencyMs", milliseconds, "10 to 1000");
            }
            this.latencyMs = milliseconds;
            return this;
        }

        /** Looks at no device yet. */
        public KernelDevices build() {
            return new KernelDevices(this);
        }
    }
}
