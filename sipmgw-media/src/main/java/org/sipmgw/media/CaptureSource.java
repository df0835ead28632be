package org.sipmgw.media;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.sipmgw.media.capture.CaptureEngine;
import org.sipmgw.media.capture.CaptureSettings;
import org.sipmgw.media.capture.CaptureStatistics;
import org.sipmgw.media.capture.OutgoingStream;
import org.sipmgw.media.capture.RoomCapture;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.VideoLimits;
import org.sipmgw.spi.DisplayPort;
import org.sipmgw.spi.SpeakerPort;

/** Where pictures and sound for the room come from. */
interface CaptureSource {

    /** Starts; blocks for some 100 ms. */
    Capture open(DisplayPort display, SpeakerPort speaker, List<OutgoingStream> streams, Consumer<String> onFault);

    /** Native objects held now. */
    int nativeObjects();

    /** One that runs. */
    interface Capture extends AutoCloseable {
        void requestKeyFrame();

        void bitrate(int bitrateBps);

        void limits(VideoLimits limits);

        void soundLoss(int percent);

        Optional<CaptureStatistics> statistics(MediaKind kind);

        @Override
        void close();
    }

    /** Grabs the real display and speaker. */
    static CaptureSource grabbing(CaptureSettings settings) {
        CaptureEngine engine = new CaptureEngine(settings);
        return new CaptureSource() {
            @Override
            public Capture open(
                    DisplayPort display, SpeakerPort speaker, List<OutgoingStream> streams, Consumer<String> onFault) {
                return of(engine.open(display, speaker, streams, onFault::accept));
            }

            @Override
            public int nativeObjects() {
                return engine.nativeObjects();
            }
        };
    }

    private static Capture of(RoomCapture capture) {
        return new Capture() {
            @Override
            public void requestKeyFrame() {
                capture.requestKeyFrame();
            }

            @Override
            public void bitrate(int bitrateBps) {
                capture.bitrate(bitrateBps);
            }

            @Override
            public void limits(VideoLimits limits) {
                capture.limits(limits);
            }

            @Override
            public void soundLoss(int percent) {
                capture.soundLoss(percent);
            }

            @Override
            public Optional<CaptureStatistics> statistics(MediaKind kind) {
                return capture.statistics(kind);
            }

            @Override
            public void close() {
                capture.close();
            }
        };
    }
}
