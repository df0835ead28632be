package org.sipmgw.devices.v4l2;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class FrameLayoutTest {

    @ParameterizedTest
    @EnumSource(mode = EnumSource.Mode.EXCLUDE, names = "MJPEG")
    void copiesEveryPixelAndNothingOfThePadding(PixelFormat pixels) {
        FrameLayout tight = FrameLayout.tight(pixels, 6, 4);
        FrameLayout padded = FrameLayout.strided(pixels, 6, 4, 32);
        byte[] picture = new byte[tight.bytes()];
        for (int i = 0; i < picture.length; i++) {
            picture[i] = (byte) (i + 1);
        }
        ByteBuffer wide = ByteBuffer.allocateDirect(padded.bytes() + 5);
        tight.copy(ByteBuffer.wrap(picture), 0, padded, wide);
        assertThat(wide.get(pixels.rowBytes(0, 6))).as("padding").isZero();
        ByteBuffer back = ByteBuffer.allocateDirect(tight.bytes());
        padded.copy(wide, 0, tight, back);
        byte[] again = new byte[picture.length];
        back.get(again);
        assertThat(again).isEqualTo(picture);
    }

    @Test
    void copiesPicturesOfManyPieces() {
        FrameLayout layout = FrameLayout.tight(PixelFormat.YU12, 202, 150);
        byte[] picture = new byte[layout.bytes()];
        for (int i = 0; i < picture.length; i++) {
            picture[i] = (byte) (i * 31 + i / 251);
        }
        ByteBuffer target = ByteBuffer.allocate(layout.bytes());
        layout.copy(ByteBuffer.wrap(picture), 0, layout, target);
        assertThat(target.array()).isEqualTo(picture);
    }

    @Test
    void takesAPictureFromTheMiddleOfABuffer() {
        FrameLayout layout = FrameLayout.tight(PixelFormat.NV12, 4, 2);
        byte[] bytes = new byte[3 + layout.bytes()];
        Arrays.fill(bytes, 3, bytes.length, (byte) 7);
        ByteBuffer target = ByteBuffer.allocate(layout.bytes());
        layout.copy(ByteBuffer.wrap(bytes), 3, layout, target);
        assertThat(target.array()).containsOnly(7);
    }

    @Test
    void knowsTheSizeOfEveryFormat() {
        assertThat(FrameLayout.tight(PixelFormat.YU12, 1280, 720).bytes()).isEqualTo(1280 * 720 * 3 / 2);
        assertThat(FrameLayout.tight(PixelFormat.NV12, 1280, 720).bytes()).isEqualTo(1280 * 720 * 3 / 2);
        assertThat(FrameLayout.tight(PixelFormat.YUYV, 1280, 720).bytes()).isEqualTo(1280 * 720 * 2);
        assertThat(FrameLayout.tight(PixelFormat.BGR24, 1280, 720).bytes()).isEqualTo(1280 * 720 * 3);
    }

    @Test
    void refusesRowsThatOverlap() {
        assertThatThrownBy(() -> FrameLayout.of(PixelFormat.YU12, 8, 4, new int[] {0, 32, 40}, new int[] {7, 4, 4}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("stride 7");
    }
}
