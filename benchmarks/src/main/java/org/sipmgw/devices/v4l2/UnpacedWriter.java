package org.sipmgw.devices.v4l2;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import org.sipmgw.devices.kernel.Errno;
import org.sipmgw.devices.kernel.KernelCalls;

/** Writes the frames of a file to a camera as fast as they go, round and round: what ffmpeg does in the comparison. */
public final class UnpacedWriter {
    private UnpacedWriter() {}

    /** Arguments: device, file of raw I420 frames, width, height, number of frames, "mmap" or "write". */
    public static void main(String[] arguments) throws IOException {
        int width = Integer.parseInt(arguments[2]);
        int height = Integer.parseInt(arguments[3]);
        int frames = Integer.parseInt(arguments[4]);
        VideoFormat format = new VideoFormat(PixelFormat.YU12, width, height, 30);
        FrameLayout layout = FrameLayout.tight(PixelFormat.YU12, width, height);
        ByteBuffer picture = ByteBuffer.allocateDirect(layout.bytes());
        LoopbackOpening opening = new LoopbackOpening(KernelCalls.running(), format, arguments[5].equals("mmap"), 4);
        try (FrameOutput output = opening.open(Path.of(arguments[0]));
                FileChannel file = FileChannel.open(Path.of(arguments[1]))) {
            for (int frame = 0; frame < frames; frame++) {
                picture.clear();
                while (picture.hasRemaining() && file.read(picture) >= 0) {
                    // a file in memory: mostly one read
                }
                if (picture.hasRemaining()) {
                    file.position(0);
                }
                layout.copy(picture, 0, output.layout(), output.free());
                int answer = output.show(layout.bytes());
                if (answer < 0) {
                    throw new IOException("frame " + frame + ": " + Errno.text(-answer));
                }
            }
        }
    }
}
