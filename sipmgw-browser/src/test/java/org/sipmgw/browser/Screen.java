package org.sipmgw.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.concurrent.TimeUnit;
import org.sipmgw.spi.ConferenceSession;

/** What a session's display shows at one moment, as the room would see it. */
final class Screen {
    private final int width;
    private final int height;
    private final byte[] rgb;

    private Screen(int width, int height, byte[] rgb) {
        this.width = width;
        this.height = height;
        this.rgb = rgb;
    }

    static Screen of(ConferenceSession session) throws IOException, InterruptedException {
        int width = session.display().width();
        int height = session.display().height();
        Process ffmpeg = new ProcessBuilder(
                        "ffmpeg",
                        "-loglevel",
                        "error",
                        "-f",
                        "x11grab",
                        "-video_size",
                        width + "x" + height,
                        "-i",
                        session.display().name(),
                        "-frames:v",
                        "1",
                        "-f",
                        "rawvideo",
                        "-pix_fmt",
                        "rgb24",
                        "-")
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        byte[] rgb = ffmpeg.getInputStream().readAllBytes();
        assertThat(ffmpeg.waitFor(10, TimeUnit.SECONDS)).isTrue();
        assertThat(rgb).hasSize(width * height * 3);
        return new Screen(width, height, rgb);
    }

    /** Of the part from (left, top) to (right, bottom), in hundredths of the screen, how much is like the colour: 0 to 1. */
    double share(int left, int top, int right, int bottom, int colour) {
        int like = 0;
        int all = 0;
        for (int y = top * height / 100; y < bottom * height / 100; y++) {
            for (int x = left * width / 100; x < right * width / 100; x++) {
                int at = (y * width + x) * 3;
                all++;
                if (near(rgb[at], colour >> 16) && near(rgb[at + 1], colour >> 8) && near(rgb[at + 2], colour)) {
                    like++;
                }
            }
        }
        return (double) like / all;
    }

    private static boolean near(byte seen, int wanted) {
        return Math.abs((seen & 0xff) - (wanted & 0xff)) < 40;
    }
}
