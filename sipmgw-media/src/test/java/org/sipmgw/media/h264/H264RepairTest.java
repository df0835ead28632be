package org.sipmgw.media.h264;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.sipmgw.media.h264.H264Repair.Status;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.rtp.PacketPool;
import org.sipmgw.media.rtp.PictureCounter;
import org.sipmgw.media.rtp.Rtp;
import org.sipmgw.media.rtp.SequenceMap;

class H264RepairTest {
    /** 1280x720, Constrained Baseline, written by x264. */
    private static final String SPS = "6742c01fd9005005bb016a02020280000003008000001e478c1924";

    private static final String PPS = "68cb83cb20";
    private static final String IDR = "6588842000";
    private static final String SLICE = "419a2000";

    private final PacketPool pool = new PacketPool();
    private final PictureCounter pictures = new PictureCounter();
    private final H264Repair repair = new H264Repair(pool, new SequenceMap(1000), pictures);
    private final List<String> out = new ArrayList<>();
    private final List<Integer> numbers = new ArrayList<>();

    private Status repair(int sequence, int timestamp, String payload) {
        byte[] bytes = HexFormat.of().parseHex(payload);
        Packet packet = Rtp.packet(96, sequence, timestamp, 1);
        System.arraycopy(bytes, 0, packet.buffer(), 12, bytes.length);
        packet.length(12 + bytes.length);
        return repair(packet);
    }

    private Status repair(Packet packet) {
        Status status = repair.repair(packet, sent -> {
            out.add(HexFormat.of().formatHex(Rtp.payload(sent)));
            numbers.add(sent.sequence());
        });
        assertThat(pool.lent()).isZero();
        return status;
    }

    private static String size(String nal) {
        return "%04x".formatted(nal.length() / 2);
    }

    @Test
    void aSoundStreamPassesAsItIs() {
        assertThat(repair(5, 0, SPS)).isEqualTo(Status.PASSED);
        assertThat(repair(6, 0, PPS)).isEqualTo(Status.PASSED);
        assertThat(repair(7, 0, IDR)).isEqualTo(Status.PASSED);
        assertThat(repair(8, 3000, SLICE)).isEqualTo(Status.PASSED);
        assertThat(out).containsExactly(SPS, PPS, IDR, SLICE);
        assertThat(numbers).containsExactly(1000, 1001, 1002, 1003);
        assertThat(pictures.width()).isEqualTo(1280);
        assertThat(pictures.height()).isEqualTo(720);
        assertThat(pictures.frames()).isEqualTo(2);
        assertThat(pictures.keyFrames()).isEqualTo(1);
    }

    @Test
    void parameterSetsArePutBeforeAKeyFrameWithoutThem() {
        repair(5, 0, SPS);
        repair(6, 0, PPS);
        repair(7, 0, IDR);
        out.clear();
        assertThat(repair(8, 3000, IDR)).isEqualTo(Status.REPAIRED);
        assertThat(repair.keyFrame()).isTrue();
        assertThat(out).containsExactly("78" + size(SPS) + SPS + size(PPS) + PPS, IDR);
        assertThat(numbers).containsExactly(1000, 1001, 1002, 1003, 1004);
    }

    @Test
    void parameterSetsMayComeFromTheDescription() {
        Base64.Encoder base64 = Base64.getEncoder();
        HexFormat hex = HexFormat.of();
        repair.restart(
                base64.encodeToString(hex.parseHex(SPS)) + "," + base64.encodeToString(hex.parseHex(PPS)) + ",%");
        assertThat(repair(5, 0, "7c85" + IDR.substring(2))).isEqualTo(Status.REPAIRED);
        assertThat(out).hasSize(2);
        assertThat(repair(6, 0, "7c45aabbcc")).isEqualTo(Status.PASSED);
        assertThat(numbers).containsExactly(1000, 1001, 1002);
    }

    @Test
    void furtherSlicesOfAKeyFrameGetNone() {
        repair(5, 0, SPS);
        repair(6, 0, PPS);
        repair(7, 0, IDR);
        repair(8, 3000, IDR);
        out.clear();
        assertThat(repair(9, 3000, "6500884200")).isEqualTo(Status.PASSED);
        assertThat(out).hasSize(1);
    }

    @Test
    void aByteStreamInOnePacketBecomesAnAggregate() {
        assertThat(repair(5, 0, "00000001" + SPS + "00000001" + PPS + "000001" + IDR))
                .isEqualTo(Status.REPAIRED);
        assertThat(out).containsExactly("78" + size(SPS) + SPS + size(PPS) + PPS + size("6588842000") + "6588842000");
        assertThat(repair(6, 3000, SPS + "000001" + PPS)).isEqualTo(Status.REPAIRED);
        assertThat(out.get(1)).isEqualTo("78" + size(SPS) + SPS + size(PPS) + PPS);
        assertThat(repair(7, 6000, "000001" + SLICE)).isEqualTo(Status.REPAIRED);
        assertThat(out.get(2)).isEqualTo(SLICE);
    }

    @Test
    void aBrokenAggregateLosesWhatIsBroken() {
        assertThat(repair(5, 0, "78" + size(SPS) + SPS + "0000" + size(PPS) + PPS + "00ff6588"))
                .isEqualTo(Status.REPAIRED);
        assertThat(out).containsExactly("78" + size(SPS) + SPS + size(PPS) + PPS);
        assertThat(repair(6, 0, "78ffff65")).isEqualTo(Status.LEFT_OUT);
    }

    @Test
    void forbiddenTypesAreLeftOutWithoutAGap() {
        repair(5, 0, SLICE);
        assertThat(repair(6, 0, "c1aabb")).isEqualTo(Status.LEFT_OUT);
        assertThat(repair(7, 0, "1aaabb")).isEqualTo(Status.LEFT_OUT);
        assertThat(repair(8, 0, "1daabb")).isEqualTo(Status.LEFT_OUT);
        assertThat(repair(9, 0, "00")).isEqualTo(Status.LEFT_OUT);
        repair(10, 3000, SLICE);
        assertThat(numbers).containsExactly(1000, 1001);
    }

    @Test
    void aLateForbiddenPacketLeavesPaddingInItsPlace() {
        repair(5, 0, SLICE);
        repair(7, 0, SLICE);
        assertThat(repair(6, 0, "1aaabb")).isEqualTo(Status.LEFT_OUT);
        assertThat(out).containsExactly(SLICE, SLICE, "");
        assertThat(numbers).containsExactly(1000, 1002, 1001);
    }

    @Test
    void aFragmentThatIsTheWholeBecomesASingleUnit() {
        assertThat(repair(5, 0, "5cc19a2000")).isEqualTo(Status.REPAIRED);
        assertThat(out).containsExactly("419a2000");
    }

    @Test
    void oversizeUnitsAreFragmented() {
        byte[] nal = new byte[3000];
        new Random(1).nextBytes(nal);
        for (int i = 0; i < nal.length; i++) {
            nal[i] |= 4;
        }
        nal[0] = 0x41;
        Packet packet = new Packet(new byte[PacketPool.LARGE]).view(0, 12 + nal.length);
        packet.copyOf(Rtp.packet(96, 5, 0, 1));
        packet.marker(true);
        System.arraycopy(nal, 0, packet.buffer(), 12, nal.length);
        packet.length(12 + nal.length);
        assertThat(repair(packet)).isEqualTo(Status.REPAIRED);
        assertThat(numbers).containsExactly(1000, 1001, 1002);
        StringBuilder whole = new StringBuilder("41");
        out.forEach(fragment -> whole.append(fragment.substring(4)));
        assertThat(whole).hasToString(HexFormat.of().formatHex(nal));
        assertThat(out.get(0)).startsWith("5c81");
        assertThat(out.get(1)).startsWith("5c01");
        assertThat(out.get(2)).startsWith("5c41");
    }

    @Test
    void readsSizesOfSeveralProfiles() {
        SequenceParameters parameters = new SequenceParameters();
        byte[] high = HexFormat.of().parseHex("67640028acd940780227e5c044000003000400000300f03c60c658");
        assertThat(parameters.read(high, 0, high.length)).isTrue();
        assertThat(parameters.width()).isEqualTo(1920);
        assertThat(parameters.height()).isEqualTo(1080);
        assertThat(parameters.read(high, 0, 6)).isFalse();
    }
}
