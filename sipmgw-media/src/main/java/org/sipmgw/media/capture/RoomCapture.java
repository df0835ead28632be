package org.sipmgw.media.capture;

import java.util.Optional;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.VideoLimits;

/**
 * What the conference shows and plays, on its way to the room: grabs a display and a speaker on the system's monotonic
 * clock, encodes what was negotiated and hands out finished RTP packets. Made by {@link CaptureEngine#open}. Thread-safe.
 */
public final class RoomCapture implements AutoCloseable {

    private final @Nullable VideoCapture video;
    private final @Nullable AudioCapture audio;
    private final AtomicBoolean closed = new AtomicBoolean();

    RoomCapture(CaptureRequest request, CaptureSettings settings, AtomicInteger live, Consumer<String> onFault) {
        OutgoingStream pictures = request.stream(MediaKind.VIDEO);
        OutgoingStream sound = request.stream(MediaKind.AUDIO);
        video = pictures == null ? null : new VideoCapture(pictures, request.display(), settings, live, onFault);
        try {
            audio = sound == null
                    ? null
                    : new AudioCapture(sound, request.speaker(), settings.patience(), live, onFault);
        } catch (RuntimeException e) {
            if (video != null) {
                video.close();
            }
            throw e;
        }
    }

    /** Asks for a key frame; at most one per second is made, at the end of that second if need be. */
    public void requestKeyFrame() {
        checkOpen();
        if (video != null) {
            video.requestKeyFrame();
        }
    }

    /**
     * Changes the bitrate of the video at once, within the limits.
     *
     * @param bitrateBps bits per second of payload
     */
    public void bitrate(int bitrateBps) {
        checkOpen();
        if (bitrateBps <= 0) {
            throw new IllegalArgumentException("bitrate " + bitrateBps);
        }
        if (video != null) {
            video.bitrate(bitrateBps);
        }
    }

    /** Changes size, frame rate and bitrate of the video; the stream goes on with a key frame. */
    public void limits(VideoLimits limits) {
        checkOpen();
        if (video != null) {
            video.limits(limits);
        }
    }

    /** Lets sound carry as much redundancy as a loss of {@code percent} asks for, where its codec has any. */
    public void soundLoss(int percent) {
        checkOpen();
        if (audio != null) {
            audio.loss(percent);
        }
    }

    /** Counters of one kind; empty where no such stream was opened. They outlive {@link #close()}. */
    public Optional<CaptureStatistics> statistics(MediaKind kind) {
        return switch (kind) {
            case VIDEO -> Optional.ofNullable(video).map(VideoCapture::statistics);
            case AUDIO -> Optional.ofNullable(audio).map(AudioCapture::statistics);
            case OTHER -> Optional.empty();
        };
    }

    /** Stops grabbing and frees everything; waits for that. No packet is handed out after it. */
    @Override
    public synchronized void close() {
        if (!closed.compareAndSet(false, true)) {
            return;
        }
        if (audio != null) {
            audio.close();
        }
        if (video != null) {
            video.close();
        }
    }

    private void checkOpen() {
        if (closed.get()) {
            throw new IllegalStateException("capture is closed");
        }
    }
}
