package org.sipmgw.fakes;

import java.nio.ByteBuffer;
import org.sipmgw.spi.CameraPort;

/** A camera without a device. */
record FakeCamera(String device) implements CameraPort {
    @Override
    public String label() {
        return "Camera";
    }

    @Override
    public int width() {
        return 640;
    }

    @Override
    public int height() {
        return 360;
    }

    @Override
    public void frame(ByteBuffer i420) {}

    @Override
    public void still() {}

    @Override
    public void close() {}
}
