package org.sipmgw.devices.call;

import java.nio.ByteBuffer;
import org.sipmgw.devices.v4l2.FrameLayout;
import org.sipmgw.devices.v4l2.V4l2Sink;
import org.sipmgw.devices.v4l2.VideoFormat;
import org.sipmgw.spi.CameraPort;

/** A loopback camera as a call's. */
final class KernelCamera implements CameraPort {
    private final V4l2Sink sink;
    private final FrameLayout layout;

    KernelCamera(V4l2Sink sink, VideoFormat format) {
        this.sink = sink;
        this.layout = FrameLayout.tight(format.pixels(), format.width(), format.height());
    }

    @Override
    public String label() {
        return sink.card();
    }

    @Override
    public String device() {
        return sink.path().toString();
    }

    @Override
    public int width() {
        return layout.width();
    }

    @Override
    public int height() {
        return layout.height();
    }

    @Override
    public void frame(ByteBuffer i420) {
        // whatever becomes of it is counted there
        var unused = sink.frame(i420, 0, layout);
    }

    @Override
    public void still() {
        sink.still();
    }

    @Override
    public void close() {
        sink.close();
    }
}
