package org.sipmgw.examples;

import java.nio.ByteBuffer;
import org.sipmgw.devices.v4l2.FrameLayout;
import org.sipmgw.devices.v4l2.PixelFormat;
import org.sipmgw.devices.v4l2.V4l2Sink;
import org.sipmgw.devices.v4l2.VideoFormat;

/** For those who want a loopback camera from Java and no calls: a grey that goes up and down for a minute. */
public final class SipmgwDevices {
    private SipmgwDevices() {}

    public static void main(String[] arguments) throws InterruptedException {
        VideoFormat format = new VideoFormat(PixelFormat.YU12, 1280, 720, 30);
        FrameLayout layout = FrameLayout.tight(format.pixels(), format.width(), format.height());
        ByteBuffer picture = ByteBuffer.allocateDirect(layout.bytes());
        try (V4l2Sink camera = V4l2Sink.builder(format).openFree()) {
            System.out.println("look at " + camera.path() + ", in browsers '" + camera.card() + "'");
            for (int frame = 0; frame < 1800; frame++) {
                byte grey = (byte) (128 + 90 * Math.sin(frame / 30.0));
                for (int i = 0; i < picture.capacity(); i++) {
                    picture.put(i, i < layout.offset(1) ? grey : (byte) 128);
                }
                camera.frame(picture, 0, layout);
                Thread.sleep(33);
            }
        }
    }
}
