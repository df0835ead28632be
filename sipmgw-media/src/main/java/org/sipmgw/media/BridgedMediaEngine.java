package org.sipmgw.media;

import java.net.InetAddress;
import java.security.SecureRandom;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import org.sipmgw.media.capture.CaptureSettings;
import org.sipmgw.media.net.MediaLoop;
import org.sipmgw.media.net.PortPair;
import org.sipmgw.media.net.PortRange;
import org.sipmgw.media.rtp.CommonClock;
import org.sipmgw.sdp.MediaCapabilities;
import org.sipmgw.sdp.VideoLimits;
import org.sipmgw.spi.ConfigException;
import org.sipmgw.spi.MediaEngine;
import org.sipmgw.spi.MediaListener;
import org.sipmgw.spi.MediaRequest;
import org.sipmgw.spi.MediaSession;
import org.sipmgw.spi.NatPolicy;

/**
 * Forwards the room's packets into the page without a codec, and sends the room what the page shows and plays. All calls
 * share one media thread; sound and picture of each call are encoded on threads of its own.
 */
public final class BridgedMediaEngine implements MediaEngine {
    private final MediaLoop loop;
    private final ExecutorService blocking;
    private final CommonClock clock;
    private final RoomPorts ports;
    private final MediaCapabilities capabilities;
    private final NatPolicy nat;
    private final CaptureSource captureSource;
    private final Set<BridgedMediaSession> sessions = ConcurrentHashMap.newKeySet();
    private final Random random = new SecureRandom();
    private final boolean hearsTones;
    private volatile boolean closed;

    private BridgedMediaEngine(Builder builder, CaptureSource captureSource) {
        PortRange range = new PortRange(builder.minPort, builder.maxPort);
        this.nat = builder.nat;
        this.capabilities = Capabilities.of(builder.receiveLimits);
        this.captureSource = captureSource;
        this.hearsTones = builder.hearsTones;
        this.clock = new CommonClock(System.nanoTime(), System.currentTimeMillis());
        this.loop = MediaLoop.start("sipmgw-media");
        this.ports = new RoomPorts(
                loop,
                range,
                builder.icePort,
                builder.secondAddress,
                new ByKind<>(builder.audioTrafficClass, builder.videoTrafficClass));
        this.blocking =
                new ThreadPoolExecutor(0, Integer.MAX_VALUE, 5, TimeUnit.SECONDS, new SynchronousQueue<>(), task -> {
                    Thread thread = new Thread(task, "sipmgw-media-blocking");
                    thread.setDaemon(true);
                    return thread;
                });
    }

    /** A builder with the defaults. */
    public static Builder builder() {
        return new Builder();
    }

    @Override
    public MediaCapabilities capabilities() {
        return capabilities;
    }

    @Override
    public MediaSession open(InetAddress local, MediaListener listener) {
        return open(MediaRequest.of(local), listener);
    }

    @Override
    public MediaSession open(MediaRequest request, MediaListener listener) {
        if (closed) {
            throw new IllegalStateException("the engine is closed");
        }
        ByKind<PortPair> opened = ports.open(request, nat(request));
        BridgedMediaSession session;
        try {
            session = new BridgedMediaSession(this, request, opened, random, listener);
        } catch (RuntimeException e) {
            opened.forEach(PortPair::close);
            throw e;
        }
        sessions.add(session);
        if (closed) {
            // closed meanwhile: close() may have looked at the sessions before this one was among them
            session.close();
            throw new IllegalStateException("the engine is closed");
        }
        return session;
    }

    @Override
    public Inventory inventory() {
        int decoders =
                sessions.stream().mapToInt(BridgedMediaSession::nativeObjects).sum();
        return new Inventory(sessions.size(), loop.ports(), captureSource.nativeObjects() + decoders);
    }

    @Override
    public long strayDatagrams() {
        return ports.strays();
    }

    @Override
    public void close() {
        closed = true;
        sessions.forEach(BridgedMediaSession::close);
        blocking.shutdownNow();
        loop.close();
    }

    void closed(BridgedMediaSession session) {
        sessions.remove(session);
    }

    /** That of the call's account, else ours; whom to trust is said for all. */
    NatPolicy nat(MediaRequest request) {
        NatPolicy asked = request.nat().orElse(nat);
        return asked.caFile().isPresent()
                ? asked
                : nat.caFile().map(asked::withCaFile).orElse(asked);
    }

    MediaLoop loop() {
        return loop;
    }

    Executor blocking() {
        return blocking;
    }

    /** Whether keys are heard in the room's sound. */
    boolean hearsTones() {
        return hearsTones;
    }

    /** What rooms may send at most, bits per second. */
    int receiveBps() {
        return capabilities.receiveLimits().maxBitrateBps();
    }

    CommonClock clock() {
        return clock;
    }

    CaptureSource captureSource() {
        return captureSource;
    }

    /** What an engine is made of. Each value has a default. */
    public static final class Builder {
        private int minPort = 20_000;
        private int maxPort = 29_999;
        private int icePort;
        private Optional<InetAddress> secondAddress = Optional.empty();
        private VideoLimits receiveLimits = new VideoLimits(1280, 720, 30, 2_000_000);
        private CaptureSettings capture = CaptureSettings.defaults();
        private NatPolicy nat = NatPolicy.none();
        private boolean hearsTones;
        private int audioTrafficClass;
        private int videoTrafficClass;

        private Builder() {}

        /** UDP ports for the room's media, both included; a call takes two even-odd pairs. 20000 to 29999. */
        public Builder rtpPorts(int min, int max) {
            minPort = min;
            maxPort = max;
            return this;
        }

        /**
         * One UDP port for all calls that find their way by ICE, RTP and RTCP together, and need no server for it. 0, the
         * default: they take pairs of {@link #rtpPorts} as others do.
         */
        public Builder icePort(int port) {
            if (port < 0 || port > 65_535) {
                throw new ConfigException("icePort", port, "0 to 65535");
            }
            icePort = port;
            return this;
        }

        /**
         * An address of the other IP version than that which calls come to: media of rooms that describe themselves there
         * go through it, and with ICE there are candidates of both. None.
         */
        public Builder secondAddress(InetAddress address) {
            if (address.isAnyLocalAddress() || address.isMulticastAddress()) {
                throw new ConfigException("secondAddress", address.getHostAddress(), "an address of this machine");
            }
            secondAddress = Optional.of(address);
            return this;
        }

        /** The largest picture and bitrate that rooms may send. 1280x720, 30 frames per second, 2 Mb/s. */
        public Builder receiveLimits(VideoLimits limits) {
            receiveLimits = limits;
            return this;
        }

        /** How media of calls get through address translation whose account says nothing of it. Not at all. */
        public Builder nat(NatPolicy policy) {
            nat = policy;
            return this;
        }

        /** Bits per second of video that rooms are sent at most, whatever more they allow. 2 Mb/s. */
        public Builder maxBitrateBps(int bitrateBps) {
            capture = new CaptureSettings(capture.maxFrameRate(), bitrateBps, capture.effort(), capture.patience());
            return this;
        }

        /** Frames per second that rooms are sent at most. 30. */
        public Builder maxFrameRate(int framesPerSecond) {
            capture =
                    new CaptureSettings(framesPerSecond, capture.maxBitrateBps(), capture.effort(), capture.patience());
            return this;
        }

        /** How many times longer than on a usual machine displays and sound servers may stand still, 1 to 50. 1. */
        public Builder patience(int factor) {
            capture = new CaptureSettings(capture.maxFrameRate(), capture.maxBitrateBps(), capture.effort(), factor);
            return this;
        }

        /**
         * Hears keys as tones in the sound of rooms that send no telephone events; their sound is decoded for that. Off.
         */
        public Builder inBandKeys(boolean heard) {
            hearsTones = heard;
            return this;
        }

        /**
         * The traffic classes of packets to rooms: the byte that holds DSCP and was called TOS, 0 to 255; 0 for that of the
         * system, as without this.
         */
        public Builder trafficClasses(int audio, int video) {
            audioTrafficClass = audio;
            videoTrafficClass = video;
            return this;
        }

        /**
         * Starts the engine; it loads what the first call needs in the background.
         *
         * @throws ConfigException naming the value that cannot work
         */
        public BridgedMediaEngine build() {
            BridgedMediaEngine engine = build(CaptureSource.grabbing(capture));
            engine.blocking.execute(new WarmUp(engine.blocking));
            return engine;
        }

        BridgedMediaEngine build(CaptureSource source) {
            for (int trafficClass : new int[] {audioTrafficClass, videoTrafficClass}) {
                if (trafficClass < 0 || trafficClass > 255) {
                    throw new ConfigException("trafficClasses", trafficClass, "0 to 255");
                }
            }
            if (receiveLimits.maxWidth() < 16
                    || receiveLimits.maxHeight() < 16
                    || receiveLimits.maxBitrateBps() < 64_000) {
                throw new ConfigException("receiveLimits", receiveLimits, "at least 16x16 and 64000 b/s");
            }
            return new BridgedMediaEngine(this, source);
        }
    }
}
