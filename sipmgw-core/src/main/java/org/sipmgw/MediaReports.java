package org.sipmgw;

import java.time.Duration;
import java.util.concurrent.Executor;
import org.sipmgw.sdp.LocalMedia;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.VideoLimits;
import org.sipmgw.spi.DisplayPort;
import org.sipmgw.spi.MediaListener;
import org.sipmgw.spi.MediaStatistics;

/** Brings what the media engine reports to the call's loop. */
final class MediaReports implements MediaListener {
    private final Executor tasks;
    private final CallFlow flow;

    MediaReports(Executor tasks, CallFlow flow) {
        this.tasks = tasks;
        this.flow = flow;
    }

    @Override
    public void onKeyFrameNeeded() {
        tasks.execute(() -> flow.room().onKeyFrameNeeded());
    }

    @Override
    public void onDtmf(char key) {
        tasks.execute(() -> flow.room().onMediaKey(key));
    }

    @Override
    public void onRoomSilent(Duration silence) {
        tasks.execute(() -> flow.room().onSilent(silence));
    }

    @Override
    public void onLocalMediaChanged(LocalMedia addresses) {
        tasks.execute(() -> flow.room().onLocalMediaChanged(addresses));
    }

    @Override
    public void onWarning(String detail) {
        tasks.execute(() -> flow.room().onMediaWarning(detail));
    }

    @Override
    public void onSendRate(int bitrateBps, VideoLimits picture) {
        tasks.execute(() -> flow.room().tell((listener, call) -> listener.onSendRate(call, bitrateBps, picture)));
    }

    @Override
    public void onLoss(MediaStatistics.Way way, MediaKind kind, double share) {
        tasks.execute(() -> flow.room().tell((listener, call) -> listener.onLoss(call, way, kind, share)));
    }

    @Override
    public void onCaptureLost(DisplayPort display, String detail) {
        tasks.execute(() -> flow.onCaptureLost(display, detail));
    }
}
