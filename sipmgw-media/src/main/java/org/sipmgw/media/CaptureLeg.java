package org.sipmgw.media;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sipmgw.media.CaptureSource.Capture;
import org.sipmgw.media.capture.CaptureSettings;
import org.sipmgw.media.capture.CaptureStatistics;
import org.sipmgw.media.capture.OutgoingStream;
import org.sipmgw.media.rate.VideoLadder;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.NegotiatedStream;
import org.sipmgw.sdp.RtpCodec;
import org.sipmgw.sdp.VideoLimits;
import org.sipmgw.spi.DeviceException;
import org.sipmgw.spi.DisplayPort;
import org.sipmgw.spi.MediaListener;
import org.sipmgw.spi.SpeakerPort;

/**
 * The way from the page's display and speaker to the room: opens a capture of what the room takes, opens it anew when
 * that or the display changes, and none while nothing is to be sent. All of it on a serial executor.
 */
final class CaptureLeg implements OutgoingTrack.Control {
    private static final Logger LOG = System.getLogger(CaptureLeg.class.getName());
    private static final int MIN_BITRATE_BPS = 64_000;

    private final CaptureSource source;
    private final SerialExecutor serial;
    private final ByKind<OutgoingTrack> tracks;
    private final MediaListener listener;
    private List<NegotiatedStream> sending = List.of();
    private @Nullable DisplayPort display;
    private @Nullable SpeakerPort speaker;
    private volatile @Nullable Capture capture;
    private final ByKind<CaptureTotals> totals = ByKind.of(kind -> new CaptureTotals());
    private final VideoLadder ladder = new VideoLadder();
    private @Nullable VideoLimits shown;
    private int shownBps;
    private int toldBps;
    private int bitrateBps;
    private int soundLossPercent = -1;
    private int turn;
    private boolean closed;

    CaptureLeg(CaptureSource source, SerialExecutor serial, ByKind<OutgoingTrack> tracks, MediaListener listener) {
        this.source = source;
        this.serial = serial;
        this.tracks = tracks;
        this.listener = listener;
        tracks.forEach(track -> track.control(this));
    }

    /** What the room takes from now on. */
    void configure(List<NegotiatedStream> streams) {
        List<NegotiatedStream> next = streams.stream().filter(Held::sends).toList();
        serial.execute(() -> {
            boolean same = made(next).equals(made(sending));
            List<NegotiatedStream> before = sending;
            sending = next;
            Capture running = capture;
            if (!same || running == null) {
                reopen();
            } else if (!limits(next).equals(limits(before))) {
                follow(running);
            }
        });
    }

    /** Grabs these from now on. */
    void show(DisplayPort newDisplay, SpeakerPort newSpeaker) {
        serial.execute(() -> {
            display = newDisplay;
            speaker = newSpeaker;
            reopen();
        });
    }

    @Override
    public void requestKeyFrame() {
        serial.execute(() -> {
            if (capture != null) {
                capture.requestKeyFrame();
            }
        });
    }

    @Override
    public void bitrate(int newBitrateBps) {
        serial.execute(() -> {
            bitrateBps = Math.max(MIN_BITRATE_BPS, newBitrateBps);
            if (capture != null) {
                follow(capture);
            }
        });
    }

    @Override
    public void soundLoss(int percent) {
        serial.execute(() -> {
            if (capture != null && percent != soundLossPercent) {
                capture.soundLoss(percent);
            }
            soundLossPercent = percent;
        });
    }

    /** Lets the picture follow the bitrate: size and frame rate first, so that no large picture is squeezed. */
    private void follow(Capture running) {
        VideoLimits agreed = limits(sending).orElse(CaptureSettings.UNSTATED_LIMITS);
        VideoLimits next = ladder.limits(agreed, wantedBps(), System.nanoTime());
        VideoLimits picture =
                new VideoLimits(next.maxWidth(), next.maxHeight(), next.maxFrameRate(), agreed.maxBitrateBps());
        boolean resized = !picture.equals(shown);
        if (resized) {
            shown = picture;
            running.limits(picture);
        }
        if (next.maxBitrateBps() != shownBps) {
            shownBps = next.maxBitrateBps();
            running.bitrate(shownBps);
        }
        if (resized || Math.abs(shownBps - toldBps) > toldBps / 5) {
            toldBps = shownBps;
            listener.onSendRate(shownBps, next);
        }
    }

    private int wantedBps() {
        return bitrateBps > 0 ? bitrateBps : Integer.MAX_VALUE;
    }

    /** Of all captures so far. */
    CaptureStatistics statistics(MediaKind kind) {
        Capture running = capture;
        return totals.get(kind)
                .with(
                        running == null
                                ? CaptureStatistics.none()
                                : running.statistics(kind).orElse(CaptureStatistics.none()));
    }

    /** Ends for good; waits. */
    void close() {
        serial.await(() -> {
            closed = true;
            end();
        });
    }

    private void end() {
        Capture running = capture;
        capture = null;
        if (running != null) {
            running.close();
            running.statistics(MediaKind.AUDIO).ifPresent(totals.audio()::add);
            running.statistics(MediaKind.VIDEO).ifPresent(totals.video()::add);
        }
    }

    private void reopen() {
        end();
        int opened = ++turn;
        DisplayPort from = display;
        SpeakerPort hear = speaker;
        if (closed || from == null || hear == null || sending.isEmpty()) {
            return;
        }
        List<OutgoingStream> streams = sending.stream().map(this::toMake).toList();
        try {
            Capture made = source.open(from, hear, streams, detail -> serial.execute(() -> lost(opened, from, detail)));
            capture = made;
            follow(made);
            if (soundLossPercent > 0) {
                made.soundLoss(soundLossPercent);
            }
        } catch (DeviceException e) {
            LOG.log(Level.WARNING, "capture: {0}", e.getMessage());
            listener.onCaptureLost(from, String.valueOf(e.getMessage()));
        } catch (RuntimeException e) {
            LOG.log(Level.ERROR, "capture", e);
            listener.onCaptureLost(from, "capture: " + e);
        }
    }

    private OutgoingStream toMake(NegotiatedStream stream) {
        OutgoingTrack track = tracks.get(stream.kind());
        NegotiatedStream made = stream;
        if (stream.kind() == MediaKind.VIDEO) {
            VideoLimits agreed = stream.sendLimits().orElse(CaptureSettings.UNSTATED_LIMITS);
            ladder.restart();
            VideoLimits first = ladder.limits(agreed, wantedBps(), System.nanoTime());
            shownBps = agreed.maxBitrateBps();
            shown = new VideoLimits(first.maxWidth(), first.maxHeight(), first.maxFrameRate(), shownBps);
            toldBps = toldBps == 0 ? shownBps : toldBps;
            made = stream.withSendLimits(shown);
        }
        return new OutgoingStream(made, track.numberingFor(stream.codec().clockRateHz()), track.sink());
    }

    /** One that was replaced meanwhile is no loss. */
    private void lost(int opened, DisplayPort from, String detail) {
        if (opened == turn && !closed) {
            end();
            listener.onCaptureLost(from, detail);
        }
    }

    /** What a capture is made for; what else changes can change while it runs. */
    private static List<Made> made(List<NegotiatedStream> streams) {
        return streams.stream()
                .map(stream -> new Made(stream.kind(), stream.codec(), stream.packetTimeMs()))
                .toList();
    }

    private record Made(MediaKind kind, RtpCodec codec, int packetTimeMs) {}

    private static Optional<VideoLimits> limits(List<NegotiatedStream> streams) {
        return streams.stream()
                .filter(stream -> stream.kind() == MediaKind.VIDEO)
                .findFirst()
                .flatMap(NegotiatedStream::sendLimits);
    }
}
