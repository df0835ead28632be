package org.sipmgw.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What is prepared by ffmpeg is read back by ffmpeg. */
class PreparedMediaIT {

    @ParameterizedTest
    @CsvSource({"H264,0", "H264,1", "VP8,0"})
    void thePictureIsReadBackFrameByFrame(String codec, int mode) throws IOException {
        Pattern pattern = new Pattern(5, "Room", 320, 180, 30);
        PreparedVideo video = PreparedVideo.of(pattern, codec, mode, 300_000);
        List<RtpPacket> packets = packets(video);

        ReceivedVideo received = ReceivedVideo.decode(packets, codec, 5);

        assertThat(received.width()).isEqualTo(320);
        assertThat(received.height()).isEqualTo(180);
        assertThat(received.pictures()).hasSize(240);
        assertThat(received.recognised()).isGreaterThan(235);
        for (int i = 0; i < 240; i++) {
            int number = i;
            received.pictures()
                    .get(i)
                    .reading()
                    .ifPresent(r -> assertThat(r.frame()).isEqualTo(number));
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"opus", "G722", "PCMU", "PCMA"})
    void theTonesAreHeardBack(String codec) throws IOException {
        PreparedAudio audio = PreparedAudio.of(Tones.ROOM, codec);
        List<RtpPacket> packets = new ArrayList<>();
        for (int i = 0; i < audio.payloads().size(); i++) {
            byte[] packet = RtpPacket.of(
                    8, false, i, i * audio.packetTicks(), 7, audio.payloads().get(i));
            packets.add(new RtpPacket(i * 20_000_000L, packet));
        }

        ReceivedAudio received = ReceivedAudio.decode(packets, codec, Tones.ROOM);

        assertThat(received.beeps()).extracting(ToneReader.Beep::index).containsExactly(0, 1, 2, 3, 4, 5, 6, 7);
        for (ToneReader.Beep beep : received.beeps()) {
            assertThat(beep.onsetNs() / 1e6)
                    .isCloseTo(beep.index() * 1000.0, org.assertj.core.api.Assertions.within(15.0));
        }
    }

    @Test
    void aLostFrameDoesNotShiftTheOthers() throws IOException {
        PreparedVideo video = PreparedVideo.of(new Pattern(5, "Room", 320, 180, 30), "H264", 1, 300_000);
        List<RtpPacket> packets = new ArrayList<>(packets(video));
        long lostTimestamp = 100 * 3000;
        packets.removeIf(p -> p.timestamp() == lostTimestamp);

        ReceivedVideo received = ReceivedVideo.decode(packets, "H264", 5);

        for (ReceivedVideo.Picture picture : received.pictures()) {
            picture.reading()
                    .filter(r -> picture.rtpTimestamp() > 150 * 3000)
                    .ifPresent(r -> assertThat(r.frame()).isEqualTo(picture.rtpTimestamp() / 3000));
        }
        assertThat(RtpSequence.lost(packets)).isGreaterThan(0);
    }

    private static List<RtpPacket> packets(PreparedVideo video) {
        List<RtpPacket> packets = new ArrayList<>();
        int sequence = 65_500;
        for (int i = 0; i < video.frames().size(); i++) {
            List<byte[]> payloads = video.frames().get(i).payloads();
            for (int k = 0; k < payloads.size(); k++) {
                boolean last = k == payloads.size() - 1;
                byte[] packet = RtpPacket.of(96, last, sequence++ & 0xFFFF, i * 3000, 9, payloads.get(k));
                packets.add(new RtpPacket(i * 33_333_333L, packet));
            }
        }
        return packets;
    }
}
