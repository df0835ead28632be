package org.sipmgw.media;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.sipmgw.media.net.MediaLoop;
import org.sipmgw.media.transcode.FrameDecoder;
import org.sipmgw.media.transcode.RtpConsumer;
import org.sipmgw.media.transcode.SoundDecoder;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.NegotiatedStream;
import org.sipmgw.sdp.RtpCodec;
import org.sipmgw.spi.CameraPort;
import org.sipmgw.spi.DeviceException;
import org.sipmgw.spi.MediaListener;
import org.sipmgw.spi.MicrophonePort;
import org.sipmgw.spi.PageDevices;

/**
 * The way from the room into devices of the kernel: a decoder of each kind while the room may send it, a new one when the
 * codec changes or one has failed. All of it on a serial executor, but for the packets, which come on the media thread.
 */
final class DeviceLeg {
    private static final Logger LOG = System.getLogger(DeviceLeg.class.getName());
    private static final long LOOK_NS = TimeUnit.SECONDS.toNanos(1);

    private final MediaLoop loop;
    private final SerialExecutor serial;
    private final PageLeg page;
    private final ByKind<RoomTrack> tracks;
    private final MediaListener listener;
    private final ByKind<Way> ways = new ByKind<>(new Way(MediaKind.AUDIO), new Way(MediaKind.VIDEO));
    private List<NegotiatedStream> agreed = List.of();
    private @Nullable PageDevices devices;
    private boolean closed;
    private long lookedNs;

    DeviceLeg(MediaLoop loop, SerialExecutor serial, PageLeg page, ByKind<RoomTrack> tracks, MediaListener listener) {
        this.loop = loop;
        this.serial = serial;
        this.page = page;
        this.tracks = tracks;
        this.listener = listener;
    }

    /** What the room sends from now on. */
    void configure(List<NegotiatedStream> streams) {
        serial.execute(() -> {
            agreed = streams;
            ways.forEach(way -> way.follow(false));
        });
    }

    /** Where it goes from now on. */
    void feed(PageDevices to) {
        serial.execute(() -> {
            devices = to;
            ways.forEach(way -> way.follow(true));
        });
    }

    /** On the media thread: replaces decoders that have failed. */
    void tick(long nowNs) {
        if (nowNs - lookedNs > LOOK_NS) {
            lookedNs = nowNs;
            ways.forEach(way -> {
                if (way.failed()) {
                    serial.execute(() -> way.follow(true));
                }
            });
        }
    }

    /** Native objects of the decoders. */
    int nativeObjects() {
        return ways.both().stream().mapToInt(Way::nativeObjects).sum();
    }

    /** Ends for good; waits. Not on the media thread. */
    void close() {
        serial.await(() -> {
            closed = true;
            ways.forEach(Way::end);
        });
    }

    private final class Way {
        private final MediaKind kind;
        private @Nullable RtpCodec codec;
        private volatile @Nullable RtpConsumer decoder;

        Way(MediaKind kind) {
            this.kind = kind;
        }

        boolean failed() {
            RtpConsumer open = decoder;
            return open != null && !open.fault().isEmpty();
        }

        int nativeObjects() {
            RtpConsumer open = decoder;
            return open == null ? 0 : open.nativeObjects();
        }

        /** Opens, replaces or ends the decoder, as what is agreed demands. */
        void follow(boolean anew) {
            PageDevices to = devices;
            RtpCodec next = received().map(NegotiatedStream::codec).orElse(null);
            if (to == null || (!anew && decoder != null && Objects.equals(next, codec))) {
                return;
            }
            end();
            codec = next;
            if (next == null || closed) {
                if (kind == MediaKind.VIDEO) {
                    to.camera().still();
                }
                return;
            }
            try {
                RtpConsumer made = open(next, to);
                decoder = made;
                loop.execute(() -> begin(made::packet));
            } catch (DeviceException e) {
                LOG.log(Level.WARNING, "the room''s {0} is not decoded: {1}", next.name(), e.getMessage());
                listener.onWarning(String.valueOf(e.getMessage()));
            }
        }

        private Optional<NegotiatedStream> received() {
            return agreed.stream()
                    .filter(stream -> stream.kind() == kind)
                    .filter(stream -> stream.direction().receives() && !Held.isHeld(stream))
                    .findFirst();
        }

        private void begin(DeviceFeed feed) {
            page.feed(kind, feed);
            RoomTrack track = tracks.get(kind);
            track.pageChanged();
            if (kind == MediaKind.VIDEO) {
                track.keyFrameWanted(System.nanoTime());
            }
        }

        void end() {
            RtpConsumer open = decoder;
            decoder = null;
            if (open != null) {
                loop.await(() -> page.feed(kind, null));
                open.close();
            }
        }

        private RtpConsumer open(RtpCodec from, PageDevices to) {
            // what stands in our own description says nothing of what the room sends
            RtpCodec bare =
                    new RtpCodec(from.name(), from.payloadType(), from.clockRateHz(), from.channels(), Map.of());
            if (kind == MediaKind.AUDIO) {
                MicrophonePort microphone = to.microphone();
                return SoundDecoder.open(bare, 2, (samples, ptsNs) -> microphone.sound(samples));
            }
            CameraPort camera = to.camera();
            return FrameDecoder.open(bare, camera.width(), camera.height(), (i420, ptsNs) -> camera.frame(i420));
        }
    }
}
