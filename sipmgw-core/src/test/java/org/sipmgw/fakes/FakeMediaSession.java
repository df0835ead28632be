package org.sipmgw.fakes;

import java.net.InetAddress;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;
import org.sipmgw.sdp.LocalMedia;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.NegotiatedStream;
import org.sipmgw.spi.DisplayPort;
import org.sipmgw.spi.MediaListener;
import org.sipmgw.spi.MediaSession;
import org.sipmgw.spi.MediaStatistics;
import org.sipmgw.spi.PageDevices;
import org.sipmgw.spi.SpeakerPort;

/** The media of one call, without media. */
public final class FakeMediaSession implements MediaSession {
    public final MediaListener listener;
    public final List<List<NegotiatedStream>> configured = new CopyOnWriteArrayList<>();
    public final List<String> captured = new CopyOnWriteArrayList<>();
    public final List<String> fed = new CopyOnWriteArrayList<>();
    public final AtomicInteger keyFrames = new AtomicInteger();
    public volatile long packetsFromRoom;

    /** One more; only one thread may say so. */
    public void packetFromRoom() {
        long before = packetsFromRoom;
        packetsFromRoom = before + 1;
    }

    /** Closing waits for this. */
    public volatile CompletableFuture<Void> mayClose = CompletableFuture.completedFuture(null);

    /** What was to be sent as keys. */
    public final List<String> keys = new CopyOnWriteArrayList<>();

    private volatile @Nullable DisplayPort display;
    private final FakeEngine engine;
    private final LocalMedia local;
    private final AtomicBoolean closed = new AtomicBoolean();

    FakeMediaSession(FakeEngine engine, InetAddress address, int port, MediaListener listener) {
        this.engine = engine;
        this.local = new LocalMedia(address, port, port + 2);
        this.listener = listener;
    }

    @Override
    public LocalMedia localMedia() {
        return local;
    }

    @Override
    public CompletionStage<LocalMedia> gathered() {
        return engine.gathering.thenApply(done -> local);
    }

    @Override
    public void configure(List<NegotiatedStream> streams) {
        engine.faults.step("media.configure");
        configured.add(List.copyOf(streams));
    }

    public List<NegotiatedStream> streams() {
        return configured.get(configured.size() - 1);
    }

    @Override
    public void capture(DisplayPort display, SpeakerPort speaker) {
        engine.faults.step("media.capture");
        this.display = display;
        captured.add(display.name());
    }

    @Override
    public void feed(PageDevices devices) {
        fed.add(devices.camera().device());
    }

    /** Reports the loss of what is captured now. */
    public void loseCapture(String detail) {
        listener.onCaptureLost(Objects.requireNonNull(display), detail);
    }

    @Override
    public void requestKeyFrame() {
        keyFrames.incrementAndGet();
    }

    @Override
    public CompletionStage<Void> sendKeys(String pressed) {
        keys.add(pressed);
        return CompletableFuture.completedFuture(null);
    }

    /** The room presses a key, seen by the engine. */
    public void key(char key) {
        listener.onDtmf(key);
    }

    @Override
    public MediaStatistics statistics() {
        return new MediaStatistics(List.of(new MediaStatistics.Stream(
                MediaStatistics.Way.ROOM_TO_CONFERENCE,
                MediaKind.AUDIO,
                "PCMU",
                packetsFromRoom,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                0,
                "none",
                0)));
    }

    @Override
    public CompletionStage<String> connect(String offerSdp) {
        return CompletableFuture.completedFuture("answer");
    }

    @Override
    public void close() {
        mayClose.join();
        if (closed.compareAndSet(false, true)) {
            engine.open.decrementAndGet();
        }
        engine.faults.step("media.close");
    }
}
