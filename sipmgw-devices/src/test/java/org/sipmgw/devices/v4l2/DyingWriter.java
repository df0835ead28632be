package org.sipmgw.devices.v4l2;

import java.nio.file.Path;

/** Shows a camera until it is killed. */
final class DyingWriter {
    private DyingWriter() {}

    public static void main(String[] arguments) throws InterruptedException {
        V4l2Sink.builder(CameraLab.format(PixelFormat.YU12)).open(Path.of(arguments[0]));
        System.out.println("showing");
        Thread.sleep(60_000);
    }
}
