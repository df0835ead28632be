package org.sipmgw.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ForwarderTest {
    private static final long MS = 1_000_000L;

    private final Forwarder forwarder = new Forwarder(0x55667788, 500, 10_000);
    private long nowNs = 77_000 * MS;

    @BeforeEach
    void format() {
        forwarder.format(103, 90_000);
    }

    private Packet forward(Packet packet, Arrival arrival) {
        nowNs += 33 * MS;
        assertThat(forwarder.forward(packet, arrival, nowNs)).isTrue();
        return packet;
    }

    @Test
    void rewritesTheHeaderAndNothingElse() {
        Packet packet = Rtp.packet(96, 65_535, 0xFFFFFF00, 1, 1, 2, 3, 4, 5);
        packet.marker(true);
        forward(packet, Arrival.RESTARTED);
        assertThat(packet.ssrc()).isEqualTo(0x55667788);
        assertThat(packet.payloadType()).isEqualTo(103);
        assertThat(packet.sequence()).isEqualTo(500);
        assertThat(packet.timestamp()).isEqualTo(10_000);
        assertThat(packet.marker()).isTrue();
        assertThat(Rtp.payload(packet)).containsExactly(1, 2, 3, 4, 5);
        Packet next = forward(Rtp.packet(96, 0, 0xFFFFFF00 + 3000, 1, 9), Arrival.IN_ORDER);
        assertThat(next.sequence()).isEqualTo(501);
        assertThat(next.timestamp()).isEqualTo(13_000);
        assertThat(forwarder.roomSequence(501)).isZero();
        assertThat(forwarder.outgoingTimestamp(0xFFFFFF00)).isEqualTo(10_000);
    }

    @Test
    void anotherStreamGoesOnInTimeBehindAGap() {
        forward(Rtp.packet(96, 10, 1_000, 1), Arrival.RESTARTED);
        nowNs += 67 * MS;
        Packet other = forward(Rtp.packet(96, 9_999, 777_777, 2), Arrival.RESTARTED);
        assertThat(other.sequence()).isEqualTo(502);
        assertThat(other.timestamp()).isEqualTo(10_000 + 9_000);
        assertThat(other.ssrc()).isEqualTo(0x55667788);
    }

    @Test
    void aJumpOfTheTimestampIsTakenOut() {
        forward(Rtp.packet(96, 10, 1_000, 1), Arrival.RESTARTED);
        Packet jumped = forward(Rtp.packet(96, 11, 1_000_000_000, 1), Arrival.IN_ORDER);
        assertThat(jumped.timestamp()).isEqualTo(10_000 + 33 * 90);
        Packet next = forward(Rtp.packet(96, 12, 1_000_003_000, 1), Arrival.IN_ORDER);
        assertThat(next.timestamp()).isEqualTo(10_000 + 33 * 90 + 3_000);
    }

    @Test
    void aPauseWithoutAJumpKeepsTheTimestamps() {
        forward(Rtp.packet(96, 10, 0, 1), Arrival.RESTARTED);
        nowNs += 60_000 * MS;
        Packet later = forward(Rtp.packet(96, 11, 60_000 * 90 + 2_970, 1), Arrival.IN_ORDER);
        assertThat(later.timestamp()).isEqualTo(10_000 + 60_000 * 90 + 2_970);
    }

    @Test
    void skippedPacketsLeaveNoGap() {
        forward(Rtp.packet(96, 10, 0, 1), Arrival.RESTARTED);
        forwarder.skip(Rtp.packet(101, 11, 0, 1), Arrival.IN_ORDER);
        assertThat(forward(Rtp.packet(96, 12, 3_000, 1), Arrival.IN_ORDER).sequence())
                .isEqualTo(501);
    }
}
