package org.sipmgw.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import java.awt.Color;
import java.awt.Graphics2D;
import java.awt.RenderingHints;
import java.awt.image.BufferedImage;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Random;
import javax.imageio.IIOImage;
import javax.imageio.ImageIO;
import javax.imageio.ImageWriteParam;
import javax.imageio.ImageWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PatternTest {

    private static final int SENDER = 5;
    private final Pattern pattern = new Pattern(SENDER, "Room", 640, 360, 30);
    private final PatternReader reader = new PatternReader();

    @Test
    void isReadFromTheFrameItWasDrawnTo() {
        byte[] frame = new byte[pattern.frameBytes()];
        for (long number : new long[] {0, 1, 29, 239, 65_535, 0xFFFFFF}) {
            pattern.draw(number, frame);
            assertThat(reader.read(SENDER, frame, 640, 360))
                    .hasValueSatisfying(r -> assertThat(r.frame()).isEqualTo(number));
        }
    }

    @Test
    void isReadOnlyForItsSender() {
        byte[] frame = new byte[pattern.frameBytes()];
        pattern.draw(7, frame);
        assertThat(reader.read(SENDER + 1, frame, 640, 360)).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(ints = {120, 160, 203, 320, 641, 1000})
    void isReadAtAnySizeAnywhereInAPage(int width) throws IOException {
        BufferedImage page = new BufferedImage(1280, 720, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = page.createGraphics();
        g.setColor(Color.LIGHT_GRAY);
        g.fillRect(0, 0, 1280, 720);
        g.setRenderingHint(RenderingHints.KEY_INTERPOLATION, RenderingHints.VALUE_INTERPOLATION_BILINEAR);
        g.drawImage(pattern.image(4711), 91, 53, width, width * 9 / 16, null);
        g.drawString("some words beside it", 100, 700);
        g.dispose();
        byte[] luma = I420.luma(jpeg(page, 0.3f));

        assertThat(reader.read(SENDER, luma, 1280, 720)).hasValueSatisfying(r -> {
            assertThat(r.frame()).isEqualTo(4711);
            assertThat(r.x()).isCloseTo(91, org.assertj.core.api.Assertions.within(width / 20));
            assertThat(r.width()).isCloseTo(width, org.assertj.core.api.Assertions.within(width / 20));
        });
    }

    @Test
    void isReadThroughALetterbox() {
        BufferedImage box = new BufferedImage(640, 480, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = box.createGraphics();
        g.drawImage(pattern.image(12), 0, 60, null);
        g.dispose();
        assertThat(reader.read(SENDER, I420.luma(box), 640, 480)).isPresent();
    }

    @Test
    void twoPatternsInOnePictureAreBothRead() {
        BufferedImage page = new BufferedImage(1280, 360, BufferedImage.TYPE_INT_RGB);
        Graphics2D g = page.createGraphics();
        g.drawImage(pattern.image(12), 0, 0, null);
        g.drawImage(new Pattern(9, "Other", 640, 360, 30).image(99), 640, 0, null);
        g.dispose();
        byte[] luma = I420.luma(page);
        assertThat(reader.read(luma, 1280, 1280, 360))
                .extracting(PatternReading::sender, PatternReading::frame)
                .containsExactlyInAnyOrder(
                        org.assertj.core.groups.Tuple.tuple(SENDER, 12L), org.assertj.core.groups.Tuple.tuple(9, 99L));
    }

    @Test
    void nothingIsReadFromNoiseOrBlack() {
        long seed = 1;
        Random random = new Random(seed);
        byte[] luma = new byte[640 * 360];
        assertThat(reader.read(luma, 640, 640, 360)).isEmpty();
        random.nextBytes(luma);
        assertThat(reader.read(luma, 640, 640, 360)).as("seed %d", seed).isEmpty();
    }

    private static BufferedImage jpeg(BufferedImage image, float quality) throws IOException {
        ImageWriter writer = ImageIO.getImageWritersByFormatName("jpeg").next();
        ImageWriteParam parameters = writer.getDefaultWriteParam();
        parameters.setCompressionMode(ImageWriteParam.MODE_EXPLICIT);
        parameters.setCompressionQuality(quality);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (var out = ImageIO.createImageOutputStream(bytes)) {
            writer.setOutput(out);
            writer.write(null, new IIOImage(image, null, null), parameters);
        }
        writer.dispose();
        return ImageIO.read(new ByteArrayInputStream(bytes.toByteArray()));
    }
}
