package org.sipmgw.media.stun;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Objects;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.media.net.UdpPort.SendStatus;
import org.sipmgw.media.rtp.Packet;

@Tag("turn")
class TurnRelayTest {
    private static final InetSocketAddress SERVER = new InetSocketAddress("192.0.2.3", 3478);
    private static final InetSocketAddress ROOM = new InetSocketAddress("192.0.2.9", 4000);
    private static final int PACKETS = 200_000;

    private final ByteBuffer scratch = ByteBuffer.allocateDirect(2048);
    private final byte[] payload = new byte[1200];
    private final TurnRelay relay = new TurnRelay(new Random(1), new TurnRelay.Messages() {
        @Override
        public void message(StunMessage message, long nowNs) {}

        @Override
        public void heard(long nowNs) {}
    });
    private int sent;
    private int lastLength;

    @BeforeEach
    void allocate() {
        relay.link(new TurnLink() {
            @Override
            public SendStatus send(ByteBuffer frame) {
                sent++;
                lastLength = frame.remaining();
                return SendStatus.SENT;
            }

            @Override
            public boolean stream() {
                return false;
            }

            @Override
            public InetSocketAddress server() {
                return SERVER;
            }

            @Override
            public void close() {}
        });
        relay.relayed(new InetSocketAddress("192.0.2.3", 50_000));
    }

    @Test
    void aBoundChannelCarriesPacketsBothWaysWithoutAllocating() {
        TurnPeer peer = Objects.requireNonNull(relay.peer(ROOM));
        peer.permit();
        peer.bound(true);
        Packet packet = new Packet(new byte[2048]);
        carry(packet, peer, PACKETS);
        ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
        long before = threads.getCurrentThreadAllocatedBytes();
        carry(packet, peer, PACKETS);
        long allocated = threads.getCurrentThreadAllocatedBytes() - before;
        assertThat(sent).isEqualTo(2 * PACKETS);
        assertThat(lastLength).isEqualTo(payload.length + 4);
        assertThat(allocated).isLessThan(PACKETS / 100);
    }

    private void carry(Packet packet, TurnPeer peer, int count) {
        for (int i = 0; i < count; i++) {
            relay.send(scratch, payload, 0, payload.length, ROOM);
            byte[] buffer = packet.view(0, 104).buffer();
            buffer[0] = (byte) (peer.channel >> 8);
            buffer[1] = (byte) peer.channel;
            buffer[2] = 0;
            buffer[3] = 100;
            if (!peer.equals(relay.received(packet, 0)) || packet.offset() != 4 || packet.length() != 100) {
                throw new AssertionError("not taken for channel data");
            }
        }
    }

    @Test
    void whatComesBeforeThePermissionWaitsForIt() {
        assertThat(relay.send(scratch, payload, 0, payload.length, ROOM)).isEqualTo(SendStatus.SENT);
        assertThat(sent).isZero();
        assertThat(Objects.requireNonNull(relay.peer(ROOM)).permit()).isNotNull();
    }

    @Test
    void aFewPeersAreServedAndNoMore() {
        for (int port = 1; port <= 100; port++) {
            relay.peer(new InetSocketAddress("192.0.2.9", port));
        }
        assertThat(relay.peers()).hasSize(32);
    }

    @Test
    void channelDataThatLiesAboutItsLengthIsDropped() {
        TurnPeer peer = Objects.requireNonNull(relay.peer(ROOM));
        Packet packet = new Packet(new byte[] {(byte) (peer.channel >> 8), (byte) peer.channel, 1, 0, 5, 5}).view(0, 6);
        assertThat(relay.received(packet, 0)).isNull();
    }

    @Test
    void otherAddressFamiliesCannotBeReached() {
        assertThat(relay.peer(new InetSocketAddress("2001:db8::1", 4000))).isNull();
    }
}
