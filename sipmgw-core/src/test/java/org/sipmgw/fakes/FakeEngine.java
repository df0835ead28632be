package org.sipmgw.fakes;

import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.sipmgw.sdp.MediaCapabilities;
import org.sipmgw.sdp.RtpCodec;
import org.sipmgw.sdp.VideoLimits;
import org.sipmgw.spi.MediaEngine;
import org.sipmgw.spi.MediaListener;
import org.sipmgw.spi.MediaRequest;
import org.sipmgw.spi.MediaSession;

/** A media engine without media: counts what is asked of it. */
public final class FakeEngine implements MediaEngine {
    public final List<FakeMediaSession> sessions = new CopyOnWriteArrayList<>();
    public final AtomicInteger open = new AtomicInteger();
    public final FaultLadder faults;
    public volatile boolean exhausted;
    /** Off where there are too many calls to keep them all. */
    public volatile boolean remembers = true;
    /** Sessions have their addresses when this says so. */
    public volatile CompletableFuture<Void> gathering = CompletableFuture.completedFuture(null);

    private final AtomicInteger ports = new AtomicInteger(40_000);

    public FakeEngine() {
        this(new FaultLadder(0));
    }

    public FakeEngine(FaultLadder faults) {
        this.faults = faults;
    }

    /** May be set before the first call. */
    public volatile MediaCapabilities capabilities = new MediaCapabilities(
            List.of(
                    new RtpCodec("opus", 96, 48000, 2, Map.of("useinbandfec", "1")),
                    new RtpCodec("PCMU", 0, 8000, 1, Map.of()),
                    new RtpCodec("telephone-event", 101, 8000, 1, Map.of())),
            List.of(new RtpCodec(
                    "H264", 97, 90000, 1, Map.of("profile-level-id", "42e01f", "packetization-mode", "1"))),
            new VideoLimits(1280, 720, 30, 2_000_000));

    @Override
    public MediaCapabilities capabilities() {
        return capabilities;
    }

    @Override
    public MediaSession open(InetAddress local, MediaListener listener) {
        faults.step("engine.open");
        if (exhausted) {
            throw new PortsExhaustedException("none free");
        }
        FakeMediaSession session = new FakeMediaSession(this, local, 10_000 + ports.getAndAdd(4) % 50_000, listener);
        open.incrementAndGet();
        if (remembers) {
            sessions.add(session);
        }
        return session;
    }

    /** What the last session was asked for with. */
    public volatile @Nullable MediaRequest lastRequest;

    @Override
    public MediaSession open(MediaRequest request, MediaListener listener) {
        lastRequest = request;
        return open(request.local(), listener);
    }

    public FakeMediaSession last() {
        return sessions.get(sessions.size() - 1);
    }

    @Override
    public Inventory inventory() {
        return new Inventory(open.get(), 0, 0);
    }

    @Override
    public void close() {}
}
