package org.sipmgw.media.transcode;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sipmgw.sdp.RtpCodec;

@Tag("media")
class DecodersIT {

    @ParameterizedTest
    @CsvSource({"H264,96", "VP8,100", "H265,98"})
    void theRoomsPictureBecomesFramesOfTheSizeAskedFor(String name, int payloadType) throws Exception {
        RtpCodec codec = new RtpCodec(name, payloadType, 90_000, 1, Map.of());
        Source source = Source.shades(codec, 352, 288, 30);
        List<int[]> seen = new CopyOnWriteArrayList<>();
        FrameDecoder ended;
        try (FrameDecoder decoder = FrameDecoder.open(codec, 640, 360, (i420, ptsNs) -> seen.add(look(i420)))) {
            ended = decoder;
            source.play(decoder::packet);
            Source.await(() -> seen.size() >= 28);
            assertThat(decoder.fault()).isEmpty();
        }
        assertThat(ended.nativeObjects()).isZero();
        assertThat(ended.packet(new byte[20], 0, 20)).isFalse();
        assertThat(seen).allSatisfy(look -> assertThat(look[0]).isEqualTo(640 * 360 * 3 / 2));
        assertThat(seen.get(0)[1]).isBetween(30, 60);
        assertThat(seen.get(seen.size() - 1)[1]).isBetween(145, 165);
        // 352x288 in 640x360 leaves black bars beside it
        assertThat(seen).allSatisfy(look -> assertThat(look[2]).isLessThan(30));
    }

    private static int[] look(ByteBuffer i420) {
        int middle = 180 * 640;
        return new int[] {i420.remaining(), i420.get(middle + 320) & 0xff, i420.get(middle + 20) & 0xff};
    }

    @ParameterizedTest
    @CsvSource({"opus,48000,111", "G722,8000,9", "PCMU,8000,0", "PCMA,8000,8"})
    void theRoomsSoundBecomesSamples(String name, int clockRateHz, int payloadType) throws Exception {
        RtpCodec codec = new RtpCodec(name, payloadType, clockRateHz, 1, Map.of());
        Source source = Source.tone(codec, 1000, 1);
        List<Short> left = Collections.synchronizedList(new ArrayList<>());
        try (SoundDecoder decoder = SoundDecoder.open(codec, 2, (samples, ptsNs) -> {
            while (samples.remaining() >= 4) {
                left.add(samples.getShort());
                samples.getShort();
            }
        })) {
            source.play(decoder::packet);
            Source.await(() -> left.size() >= 44_000);
            assertThat(decoder.fault()).isEmpty();
        }
        assertThat(Source.crossings(left, 10_000, 34_000)).isBetween(494, 506);
    }

    @Test
    void nothingIsLeftOfManyDecoders() throws Exception {
        RtpCodec codec = new RtpCodec("H264", 96, 90_000, 1, Map.of());
        int before = 0;
        for (int i = 0; i < 30; i++) {
            // what the first ones start for all that follow does not count
            before = i == 3 ? Thread.activeCount() : before;
            try (FrameDecoder decoder = FrameDecoder.open(codec, 320, 240, (i420, ptsNs) -> {})) {
                assertThat(decoder.nativeObjects()).isPositive();
            }
        }
        int most = before;
        Source.await(() -> Thread.activeCount() <= most);
    }
}
