package org.sipmgw.media.capture;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sipmgw.media.gst.DecodedPicture;
import org.sipmgw.media.gst.RtpVideoDecoder;
import org.sipmgw.sdp.RtpCodec;

/** What is shown is what a receiver decodes, for each codec, profile and packetization mode. */
@Tag("media")
class CapturedPictureIT {

    private static final int SINGLE_NAL_UNIT_MAX = 23;

    @ParameterizedTest
    @CsvSource({
        "42e01f,0,66",
        "42801f,0,66",
        "42e01f,1,66",
        "42801f,1,66",
        "4d001f,0,77",
        "4d001f,1,77",
        "64001f,0,100",
        "64001f,1,100"
    })
    void h264ShowsTheDisplayInTheNegotiatedProfileAndMode(String profileLevelId, int mode, int profile)
            throws Exception {
        RtpCodec codec = Streams.h264(profileLevelId, mode);
        try (Room room = Room.showing(640, 360, "videotestsrc is-live=true pattern=smpte")) {
            try (RoomCapture capture = room.open(room.pictures(codec, Streams.SMALL))) {
                Await.until("30 frames", 10_000, () -> room.video.frames() >= 30);
            }
            List<Packets.Packet> packets = room.video.all();
            assertThat(packets).allSatisfy(p -> {
                assertThat(p.payloadType()).isEqualTo(97);
                assertThat(p.bytes().length).isLessThanOrEqualTo(VideoEncoding.MTU);
                if (mode == 0) {
                    assertThat(p.nalType()).isBetween(1, SINGLE_NAL_UNIT_MAX);
                }
            });
            Packets.Packet parameters =
                    packets.stream().filter(p -> p.nalType() == 7).findFirst().orElseThrow();
            assertThat(parameters.bytes()[13]).isEqualTo((byte) profile);
            if (profileLevelId.startsWith("42e0")) {
                assertThat(parameters.bytes()[14] & 0x40).as("constraint_set1").isNotZero();
            }
            assertBars(decode(codec, packets), 640, 360);
            assertThat(room.faults).isEmpty();
        }
    }

    @ParameterizedTest
    @CsvSource({"640,360", "1280,720"})
    void vp8ShowsTheDisplay(int width, int height) throws Exception {
        RtpCodec codec = Streams.vp8();
        try (Room room = Room.showing(width, height, "videotestsrc is-live=true pattern=smpte")) {
            try (RoomCapture capture = room.open(room.pictures(codec, Streams.HD))) {
                Await.until("30 frames", 10_000, () -> room.video.frames() >= 30);
            }
            List<Packets.Packet> packets = room.video.all();
            assertThat(packets).allSatisfy(p -> assertThat(p.bytes().length).isLessThanOrEqualTo(VideoEncoding.MTU));
            assertBars(decode(codec, packets), width, height);
        }
    }

    private static DecodedPicture decode(RtpCodec codec, List<Packets.Packet> packets) {
        List<DecodedPicture> pictures = new CopyOnWriteArrayList<>();
        try (RtpVideoDecoder decoder = new RtpVideoDecoder(codec, p -> pictures.add(p.copy()))) {
            packets.forEach(p -> decoder.packet(p.bytes(), 0, p.bytes().length));
            Await.until("20 pictures", 5_000, () -> pictures.size() >= 20);
            assertThat(decoder.fault()).isEmpty();
        }
        return pictures.get(pictures.size() - 1);
    }

    /** Grey, yellow, cyan, green, magenta, red, blue from left to right: falling brightness, known hues. */
    private static void assertBars(DecodedPicture picture, int width, int height) {
        assertThat(picture.width()).isEqualTo(width);
        assertThat(picture.height()).isEqualTo(height);
        int y = height / 3;
        List<Integer> luma = new ArrayList<>();
        for (int bar = 0; bar < 7; bar++) {
            luma.add(picture.luma(width * (2 * bar + 1) / 14, y));
        }
        for (int bar = 1; bar < 7; bar++) {
            assertThat(luma.get(bar)).as("luma %s", luma).isLessThan(luma.get(bar - 1) - 5);
        }
        assertThat(luma.get(0)).isGreaterThan(165);
        assertThat(luma.get(6)).isLessThan(60);
        assertThat(picture.cr(width * 11 / 14, y)).as("red bar").isGreaterThan(190);
        assertThat(picture.cb(width * 13 / 14, y)).as("blue bar").isGreaterThan(190);
        assertThat(picture.cb(width * 3 / 14, y)).as("yellow bar").isLessThan(65);
    }
}
