package org.sipmgw.media.capture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class RtpNumberingTest {

    @Test
    void timestampsFollowTheClockWithoutOverflow() {
        RtpNumbering numbering = new RtpNumbering(1, 90_000, 0, 7);
        long monthNs = 30L * 24 * 3600 * 1_000_000_000L;
        assertThat(numbering.timestampAt(0)).isEqualTo(7);
        assertThat(numbering.timestampAt(1_000_000_000L)).isEqualTo(90_007);
        assertThat(numbering.timestampAt(monthNs + 500_000_000L) - numbering.timestampAt(monthNs))
                .isEqualTo(45_000);
        assertThat(numbering.timestampAt(-1_000_000_000L)).isEqualTo(-90_000 + 7);
    }

    @Test
    void sequenceNumbersWrap() {
        RtpNumbering numbering = new RtpNumbering(0xcafebabe, 8_000, 65_535, 0);
        byte[] packet = new byte[20];
        packet[1] = (byte) 0x80;
        numbering.write(packet, 9, 0x01020304);
        assertThat(packet).startsWith(0, 0x89, 0xff, 0xff, 1, 2, 3, 4, 0xca, 0xfe, 0xba, 0xbe);
        numbering.write(packet, 9, 0);
        assertThat(packet).startsWith(0, 0x89, 0, 0, 0, 0, 0, 0, 0xca, 0xfe, 0xba, 0xbe);
    }

    @Test
    void tiedClockGoesThroughTheGivenPoint() {
        RtpNumbering numbering = new RtpNumbering(1, 48_000, 0, 99);
        numbering.tie(123_456, 5_000_000_000L);
        assertThat(numbering.timestampAt(5_000_000_000L)).isEqualTo(123_456);
        assertThat(numbering.timestampAt(5_020_000_000L)).isEqualTo(124_416);
    }

    @Test
    void clockFollowsTheEarliestPacketsAndNotTheLateOnes() {
        RtpNumbering numbering = new RtpNumbering(1, 48_000, 0, 0);
        numbering.tie(0, 0);
        for (int packet = 0; packet < 200; packet++) {
            long lateNs = packet % 10 * 3_000_000L;
            numbering.follow(packet * 960, packet * 20_000_000L + lateNs);
        }
        assertThat(numbering.timestampAt(0)).isZero();
        for (int packet = 200; packet < 400; packet++) {
            numbering.follow(packet * 960, packet * 20_000_000L + 10_000_000L);
        }
        assertThat(numbering.timestampAt(10_000_000L)).isZero();
        numbering.follow(400 * 960, 400 * 20_000_000L + 2_000_000L);
        assertThat(numbering.timestampAt(2_000_000L)).isZero();
    }

    @Test
    void otherClockRateThanTheCodecsIsRefused() {
        RtpNumbering numbering = new RtpNumbering(1, 8_000, 0, 0);
        assertThatThrownBy(
                        () -> new OutgoingStream(Streams.sound(Streams.audio("opus"), 20), numbering, (b, o, l) -> {}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("8000");
    }
}
