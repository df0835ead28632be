package org.sipmgw;

import java.time.Duration;
import org.sipmgw.spi.MediaListener;

/** Brings what the media engine reports to the call's loop. */
final class MediaReports implements MediaListener {
    private final CallLoop loop;
    private final CallFlow flow;

    MediaReports(CallLoop loop, CallFlow flow) {
        this.loop = loop;
        this.flow = flow;
    }

    @Override
    public void onKeyFrameNeeded() {
        loop.post(flow::onKeyFrameNeeded);
    }

    @Override
    public void onDtmf(char key) {
        loop.post(() -> flow.onKey(key));
    }

    @Override
    public void onRoomSilent(Duration silence) {
        loop.post(() -> flow.onRoomSilent(silence));
    }

    @Override
    public void onFault(boolean retry, String detail) {
        loop.post(() -> flow.onMediaFault(retry, detail));
    }
}
