package org.sipmgw.media.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class KeyFrameDetectorTest {

    @ParameterizedTest
    @CsvSource({
        "H264,658884,true",
        "H264,654084,false",
        "H264,418884,false",
        "H264,678884,false",
        "H264,7c8588,true",
        "H264,7c0588,false",
        "H264,7c8188,false",
        "VP8,1050,true",
        "VP8,1051,false",
        "VP8,0050,false",
        "VP8,9080812350,true",
        "VP8,9080812351,false",
        "VP8,90802350,true",
        "VP8,9080,false"
    })
    void seesWhereAKeyFrameBegins(KeyFrameDetector detector, String payload, boolean begins) {
        byte[] bytes = HexFormat.of().parseHex(payload);
        byte[] packet = new byte[2048];
        System.arraycopy(bytes, 0, packet, 12, bytes.length);
        assertThat(detector.keyFrame(packet, 12 + bytes.length)).isEqualTo(begins);
    }
}
