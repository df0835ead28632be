package org.sipmgw.media;

import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.LongConsumer;
import org.sipmgw.media.dtls.DtlsIdentity;
import org.sipmgw.media.net.PortPair;
import org.sipmgw.media.rtp.SourceClock;
import org.sipmgw.sdp.LocalMedia;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.NegotiatedStream;
import org.sipmgw.spi.DisplayPort;
import org.sipmgw.spi.MediaListener;
import org.sipmgw.spi.MediaRequest;
import org.sipmgw.spi.MediaSession;
import org.sipmgw.spi.MediaStatistics;
import org.sipmgw.spi.PageDevices;
import org.sipmgw.spi.SpeakerPort;

/** The media of one call: a track of each kind, the page's connection and the capture. */
final class BridgedMediaSession implements MediaSession {
    private static final long STATISTICS_NS = 200_000_000L;

    private final BridgedMediaEngine engine;
    private final RoomAddresses addresses;
    private final CompletionStage<LocalMedia> gathered;
    /** One turn after the other for the page; the capture has turns of its own, so that neither waits for the other. */
    private final SerialExecutor pageTurns;

    private final PageLeg page;
    private final CaptureLeg capture;
    private final DeviceLeg devices;
    private final ByKind<RoomTrack> tracks;
    private final SilenceWatch silence;
    private final Optional<InBandKeys> tones;
    private final LongConsumer ticker = this::tick;
    private final AtomicBoolean closed = new AtomicBoolean();
    private final SessionStatistics counters;
    private volatile MediaStatistics statistics = MediaStatistics.none();
    private long statisticsNs;

    BridgedMediaSession(
            BridgedMediaEngine engine,
            MediaRequest request,
            ByKind<PortPair> ports,
            Random random,
            MediaListener listener) {
        this.engine = engine;
        this.pageTurns = new SerialExecutor(engine.blocking());
        DtlsIdentity identity = DtlsIdentity.create();
        RoomHandshake.Parts handshakes = new RoomHandshake.Parts(engine.loop(), engine.blocking(), identity);
        this.addresses = new RoomAddresses(
                engine,
                engine.nat(request),
                ports,
                request.signallingPeer(),
                new LocalMedia(
                        ports.audio().rtp().local().getAddress(),
                        ports.audio().rtp().local().getPort(),
                        ports.video().rtp().local().getPort(),
                        Optional.of(identity.fingerprint())),
                listener);
        this.silence = new SilenceWatch(listener);
        String cname = Long.toString(random.nextLong(), 36).replace("-", "") + "@sipmgw";
        PageFeedback feedback = new PageFeedback();
        this.page = new PageLeg(
                engine.loop(),
                engine.blocking(),
                engine.clock(),
                new PageLeg.Identity(cname, random.nextInt(), random.nextInt()),
                feedback,
                (connected, detail) -> pageConnected(connected, listener));
        this.tones = engine.hearsTones()
                ? Optional.of(new InBandKeys(new SerialExecutor(engine.blocking()), listener))
                : Optional.empty();
        SourceClock.Shared roomClock = new SourceClock.Shared();
        ByKind<OutgoingTrack> outgoing = ByKind.of(
                kind -> new OutgoingTrack(kind, new RoomSink(ports.get(kind).rtp()), random));
        this.tracks = ByKind.of(kind -> new RoomTrack(
                kind,
                new RoomTrack.Parts(
                        engine.loop(),
                        ports.get(kind),
                        engine.clock(),
                        cname,
                        random,
                        engine.receiveBps(),
                        handshakes,
                        tones),
                roomClock,
                page,
                outgoing.get(kind),
                listener));
        feedback.tracks(tracks.both());
        this.capture =
                new CaptureLeg(engine.captureSource(), new SerialExecutor(engine.blocking()), outgoing, listener);
        this.devices = new DeviceLeg(engine.loop(), new SerialExecutor(engine.blocking()), page, tracks, listener);
        this.counters = new SessionStatistics(tracks.both(), page, capture);
        try {
            this.gathered = addresses.gather();
        } catch (RuntimeException e) {
            addresses.close();
            throw e;
        }
        engine.loop().addTicker(ticker);
    }

    @Override
    public LocalMedia localMedia() {
        return addresses.localMedia();
    }

    @Override
    public CompletionStage<LocalMedia> gathered() {
        return gathered;
    }

    @Override
    public void configure(List<NegotiatedStream> streams) {
        Map<MediaKind, NegotiatedStream> first = new EnumMap<>(MediaKind.class);
        streams.stream()
                .filter(stream -> stream.kind() != MediaKind.OTHER)
                .forEach(stream -> first.putIfAbsent(stream.kind(), stream));
        engine.loop().execute(() -> {
            long nowNs = System.nanoTime();
            addresses.agree(first.values());
            tracks.forEach(track -> {
                NegotiatedStream agreed = first.get(track.kind());
                if (agreed == null) {
                    track.report(true, nowNs);
                    track.end();
                } else {
                    track.agree(agreed, nowNs);
                }
            });
        });
        capture.configure(List.copyOf(first.values()));
        devices.configure(List.copyOf(first.values()));
    }

    @Override
    public void capture(DisplayPort display, SpeakerPort speaker) {
        capture.show(display, speaker);
    }

    @Override
    public void feed(PageDevices to) {
        devices.feed(to);
    }

    /** Native objects of the decoders before devices. */
    int nativeObjects() {
        return devices.nativeObjects();
    }

    @Override
    public void requestKeyFrame() {
        capture.requestKeyFrame();
    }

    @Override
    public CompletionStage<Void> sendKeys(String keys) {
        return tracks.audio().outgoing().sink().dtmf().send(keys);
    }

    @Override
    public CompletionStage<String> connect(String offerSdp) {
        return CompletableFuture.supplyAsync(() -> page.connect(offerSdp), pageTurns);
    }

    @Override
    public MediaStatistics statistics() {
        return statistics;
    }

    ByKind<RoomTrack> tracks() {
        return tracks;
    }

    private void pageConnected(boolean connected, MediaListener listener) {
        if (connected) {
            tracks.forEach(RoomTrack::pageChanged);
            tracks.video().keyFrameWanted(System.nanoTime());
        }
        if (!closed.get()) {
            listener.onPageConnected(connected);
        }
    }

    private void tick(long nowNs) {
        tracks.forEach(track -> track.tick(nowNs));
        silence.tick(tracks.both(), nowNs);
        devices.tick(nowNs);
        if (nowNs - statisticsNs >= STATISTICS_NS) {
            statisticsNs = nowNs;
            statistics = counters.snapshot();
        }
    }

    @Override
    public void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        engine.loop().removeTicker(ticker);
        capture.close();
        devices.close();
        tones.ifPresent(InBandKeys::close);
        pageTurns.await(page::close);
        engine.loop().await(() -> {
            long nowNs = System.nanoTime();
            statistics = counters.snapshot();
            tracks.forEach(track -> {
                track.report(true, nowNs);
                track.end();
            });
            // a relay is given back over the track's socket
            addresses.close();
            tracks.forEach(RoomTrack::close);
        });
        engine.closed(this);
    }
}
