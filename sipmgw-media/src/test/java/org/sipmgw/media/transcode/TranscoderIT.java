package org.sipmgw.media.transcode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sipmgw.media.gst.DecodedPicture;
import org.sipmgw.media.gst.RtpAudioDecoder;
import org.sipmgw.media.gst.RtpVideoDecoder;
import org.sipmgw.sdp.RtpCodec;
import org.sipmgw.spi.ConfigException;
import org.sipmgw.spi.DeviceException;

@Tag("media")
class TranscoderIT {

    private static final RtpCodec H264 = new RtpCodec("H264", 96, 90_000, 1, Map.of("packetization-mode", "1"));
    private static final RtpCodec OPUS = new RtpCodec("opus", 111, 48_000, 2, Map.of());

    @ParameterizedTest
    @CsvSource({"H265,98", "H263,34", "H263-1998,99", "H264,97"})
    void picturesThatABrowserDoesNotTakeComeOutAsH264(String name, int payloadType) throws Exception {
        RtpCodec from = new RtpCodec(name, payloadType, 90_000, 1, Map.of());
        Source source = Source.shades(from, 352, 288, 45);
        List<DecodedPicture> pictures = new CopyOnWriteArrayList<>();
        Transcoder ended;
        try (RtpVideoDecoder decoder = new RtpVideoDecoder(H264, p -> pictures.add(p.copy()));
                Transcoder transcoder = Transcoder.open(from, Transcoder.Target.of(H264), decoder::packet)) {
            ended = transcoder;
            source.play(transcoder::packet);
            Source.await(() -> pictures.size() >= 43);
            assertThat(transcoder.fault()).isEmpty();
            assertThat(transcoder.elements()).contains("x264enc");
        }
        assertThat(ended.nativeObjects()).isZero();
        DecodedPicture last = pictures.get(pictures.size() - 1);
        assertThat(last.width()).isEqualTo(352);
        assertThat(last.height()).isEqualTo(288);
        List<Integer> shades =
                pictures.stream().map(picture -> picture.luma(176, 144)).toList();
        assertThat(shades.get(0)).isBetween(32, 60);
        assertThat(shades.get(shades.size() - 1)).isBetween(205, 222);
        for (int i = 1; i < shades.size(); i++) {
            assertThat(shades.get(i)).isGreaterThanOrEqualTo(shades.get(i - 1) - 2);
        }
    }

    @ParameterizedTest
    @CsvSource({"SIREN,16000,97,''", "MP4A-LATM,48000,107,40002310003fc0", "G722,8000,9,''", "PCMU,8000,0,''"})
    void soundThatABrowserDoesNotTakeComesOutAsOpus(String name, int clockRateHz, int payloadType, String config)
            throws Exception {
        Map<String, String> parameters = config.isEmpty() ? Map.of() : Map.of("config", config, "cpresent", "0");
        RtpCodec from = new RtpCodec(name, payloadType, clockRateHz, 1, parameters);
        Source source = Source.tone(from, 1000, 1);
        List<Short> heard = Collections.synchronizedList(new ArrayList<>());
        try (RtpAudioDecoder decoder = new RtpAudioDecoder(OPUS, (samples, count, timestamp) -> {
                    for (int i = 0; i < count; i++) {
                        heard.add(samples[i]);
                    }
                });
                Transcoder transcoder = Transcoder.open(from, Transcoder.Target.of(OPUS), decoder::packet)) {
            source.play(transcoder::packet);
            Source.await(() -> heard.size() >= 44_000);
            assertThat(transcoder.fault()).isEmpty();
        }
        assertThat(Source.crossings(heard, 10_000, 34_000)).isBetween(494, 506);
    }

    @Test
    void packetsThatOvertakeOneAnotherArePutIntoOrder() throws Exception {
        RtpCodec from = new RtpCodec("H265", 98, 90_000, 1, Map.of());
        Source source = Source.shades(from, 352, 288, 30).withPairsSwapped();
        AtomicInteger pictures = new AtomicInteger();
        try (RtpVideoDecoder decoder = new RtpVideoDecoder(H264, p -> pictures.incrementAndGet());
                Transcoder transcoder = Transcoder.open(from, Transcoder.Target.of(H264), decoder::packet)) {
            source.play(transcoder::packet);
            Source.await(() -> pictures.get() >= 28);
        }
    }

    @Test
    void aKeyFrameComesWhenItIsAskedFor() throws Exception {
        RtpCodec from = new RtpCodec("H265", 98, 90_000, 1, Map.of());
        Source source = Source.shades(from, 352, 288, 15);
        AtomicInteger keyFrames = new AtomicInteger();
        try (Transcoder transcoder = Transcoder.open(from, Transcoder.Target.of(H264), (buffer, offset, length) -> {
            if (Source.beginsKeyFrame(buffer, offset, length)) {
                keyFrames.incrementAndGet();
            }
        })) {
            source.play(transcoder::packet);
            Source.await(() -> keyFrames.get() >= 1);
            int before = keyFrames.get();
            transcoder.requestKeyFrame();
            source.play(transcoder::packet);
            Source.await(() -> keyFrames.get() > before);
        }
    }

    @Test
    void aCodecThatNoPluginDecodesIsNamed() {
        RtpCodec g7221 = new RtpCodec("G7221", 115, 16_000, 1, Map.of("bitrate", "32000"));
        assertThatThrownBy(() -> Transcoder.open(g7221, Transcoder.Target.of(OPUS), (buffer, offset, length) -> {}))
                .isInstanceOf(DeviceException.class)
                .hasMessageContaining("no plugin of GStreamer decodes G7221");
        assertThat(Transcoder.missingFor(g7221)).isPresent();
        assertThat(Transcoder.missingFor(H264)).isEmpty();
    }

    @Test
    void whatCannotBeMadeIsRefusedWithWhatCan() {
        RtpCodec av1 = new RtpCodec("AV1", 100, 90_000, 1, Map.of());
        assertThatThrownBy(() -> Transcoder.open(H264, Transcoder.Target.of(av1), (buffer, offset, length) -> {}))
                .isInstanceOf(ConfigException.class)
                .hasMessageContaining("H264, VP8, opus");
        assertThatThrownBy(() -> Transcoder.open(H264, Transcoder.Target.of(OPUS), (buffer, offset, length) -> {}))
                .isInstanceOf(ConfigException.class);
    }

    @Test
    void garbageNeitherEndsItNorComesOut() throws Exception {
        byte[] garbage = new byte[900];
        Arrays.fill(garbage, (byte) 0xa5);
        garbage[0] = (byte) 0x80;
        RtpCodec from = new RtpCodec("H265", 98, 90_000, 1, Map.of());
        Source source = Source.shades(from, 352, 288, 30);
        AtomicInteger pictures = new AtomicInteger();
        try (RtpVideoDecoder decoder = new RtpVideoDecoder(H264, p -> pictures.incrementAndGet());
                Transcoder transcoder = Transcoder.open(from, Transcoder.Target.of(H264), decoder::packet)) {
            for (int length = 0; length < garbage.length; length += 7) {
                transcoder.packet(garbage, 0, length);
            }
            source.play(transcoder::packet);
            Source.await(() -> pictures.get() >= 20);
            assertThat(transcoder.fault()).isEmpty();
        }
    }
}
