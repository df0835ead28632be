package org.sipmgw.devices.v4l2;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.imageio.ImageIO;
import org.junit.jupiter.api.Test;

class StillPictureTest {
    private static final int WIDTH = 64;
    private static final int HEIGHT = 48;

    private static ByteBuffer draw(PixelFormat pixels) {
        FrameLayout layout = pixels == PixelFormat.MJPEG ? null : FrameLayout.tight(pixels, WIDTH, HEIGHT);
        ByteBuffer target = ByteBuffer.allocate(WIDTH * HEIGHT * 4);
        int bytes = new StillPicture(new VideoFormat(pixels, WIDTH, HEIGHT, 30)).draw(layout, target);
        return target.limit(bytes);
    }

    @Test
    void isTheSamePictureInEveryRawFormat() {
        int middle = WIDTH * (HEIGHT / 2) + WIDTH / 2 - 4;
        int light = draw(PixelFormat.YU12).get(middle) & 255;
        int dark = draw(PixelFormat.YU12).get(0) & 255;
        assertThat(light).isGreaterThan(dark + 40);
        assertThat(draw(PixelFormat.NV12).get(middle) & 255).isEqualTo(light);
        assertThat(draw(PixelFormat.YUYV).get(2 * middle) & 255).isEqualTo(light);
        assertThat(draw(PixelFormat.BGR24).get(3 * middle) & 255).isEqualTo(0x7c);
    }

    @Test
    void isAJpegOfTheCamerasSize() throws IOException {
        byte[] jpeg = new byte[draw(PixelFormat.MJPEG).remaining()];
        draw(PixelFormat.MJPEG).get(jpeg);
        var image = ImageIO.read(new ByteArrayInputStream(jpeg));
        assertThat(image.getWidth()).isEqualTo(WIDTH);
        assertThat(image.getHeight()).isEqualTo(HEIGHT);
        assertThat(image.getRGB(WIDTH / 2 - 4, HEIGHT / 2) & 255).isBetween(0x70, 0x88);
    }
}
