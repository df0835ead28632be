package org.sipmgw.devices.v4l2;

import java.nio.ByteBuffer;
import java.nio.file.Path;
import org.sipmgw.spi.DeviceException;

/** Shows a frame through a loopback camera and reads it back as another program would. */
public final class CameraTrial {
    private static final VideoFormat FORMAT = new VideoFormat(PixelFormat.YU12, 640, 360, 30);
    private static final int TRIES = 10;

    private CameraTrial() {}

    /**
     * Tries it.
     *
     * @return what was seen
     * @throws DeviceException naming the call that failed, or who holds the device
     */
    public static String run(Path path) {
        FrameLayout layout = FrameLayout.tight(FORMAT.pixels(), FORMAT.width(), FORMAT.height());
        ByteBuffer shown = ByteBuffer.allocateDirect(layout.bytes());
        for (int i = 0; i < shown.capacity(); i++) {
            shown.put(i, (byte) (i * 31 + i / 640));
        }
        boolean[] same = {false};
        try (V4l2Sink sink = V4l2Sink.builder(FORMAT).open(path);
                V4l2Source source = V4l2Source.open(path, FORMAT)) {
            for (int attempt = 0; attempt < TRIES && !same[0]; attempt++) {
                sink.frame(shown, 0, layout);
                source.next(
                        200,
                        (pixels, bytes, timestampUs, sequence) -> same[0] = bytes == shown.capacity()
                                && pixels.slice(0, bytes).mismatch(shown) < 0);
            }
        }
        if (!same[0]) {
            throw new DeviceException(path.toString(), "read back", "the frame that was shown did not come back");
        }
        return path + " shows what is written to it, byte for byte (" + FORMAT + ")";
    }
}
