package org.sipmgw.media.capture;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sipmgw.sdp.VideoLimits;

class PictureSizeTest {

    @ParameterizedTest
    @CsvSource({
        "1280,720, 1920,1080, 1280,720",
        "1280,720, 1280,720, 1280,720",
        "1280,720, 640,480, 640,360",
        "1280,720, 352,288, 352,198",
        "1920,1080, 1280,720, 1280,720",
        "1366,768, 640,360, 640,358",
        "1280,720, 1,1, 2,2"
    })
    void fitsTheLimitsInTheSourcesShapeWithEvenSides(
            int width, int height, int maxWidth, int maxHeight, int fitWidth, int fitHeight) {
        assertThat(PictureSize.fit(width, height, new VideoLimits(maxWidth, maxHeight, 30, 1_000_000)))
                .isEqualTo(new PictureSize(fitWidth, fitHeight));
    }
}
