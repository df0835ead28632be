package org.sipmgw.media;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.sipmgw.media.capture.CaptureStatistics;
import org.sipmgw.media.capture.OutgoingStream;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.VideoLimits;
import org.sipmgw.spi.DeviceException;
import org.sipmgw.spi.DisplayPort;
import org.sipmgw.spi.SpeakerPort;

/** A capture that only remembers what it was asked. */
final class FakeCapture implements CaptureSource {
    final List<String> asked = new CopyOnWriteArrayList<>();
    final AtomicInteger open = new AtomicInteger();
    volatile List<OutgoingStream> streams = List.of();
    volatile Consumer<String> onFault = detail -> {};
    volatile boolean broken;

    @Override
    public Capture open(
            DisplayPort display, SpeakerPort speaker, List<OutgoingStream> toMake, Consumer<String> faults) {
        if (broken) {
            throw new DeviceException("fake", "open", "broken");
        }
        streams = toMake;
        onFault = faults;
        open.incrementAndGet();
        asked.add("open " + toMake.size());
        return new Capture() {
            @Override
            public void requestKeyFrame() {
                asked.add("key frame");
            }

            @Override
            public void bitrate(int bitrateBps) {
                asked.add("bitrate " + bitrateBps);
            }

            @Override
            public void limits(VideoLimits limits) {
                asked.add("limits " + limits.maxWidth() + "x" + limits.maxHeight() + "@" + limits.maxFrameRate());
            }

            @Override
            public void soundLoss(int percent) {
                asked.add("sound loss " + percent);
            }

            @Override
            public Optional<CaptureStatistics> statistics(MediaKind kind) {
                return Optional.of(CaptureStatistics.none());
            }

            @Override
            public void close() {
                open.decrementAndGet();
                asked.add("close");
            }
        };
    }

    @Override
    public int nativeObjects() {
        return open.get();
    }
}
