package org.sipmgw.testsupport;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("network")
class LossyRelayTest {

    private static final long MS = 1_000_000L;
    private static final int COUNT = 20_000;
    private static final long SEED = 7;

    private final EmulatedLink link = new EmulatedLink(SEED);

    /** When each of {@code COUNT} datagrams, one a millisecond, comes out. */
    private List<Long> run(EmulatedLink on, NetworkConditions conditions, int bytes) {
        on.conditions(conditions);
        List<Long> due = new ArrayList<>();
        for (int i = 0; i < COUNT; i++) {
            due.add(on.due(bytes, i * MS));
        }
        return due;
    }

    private static long lost(List<Long> due) {
        return due.stream().filter(at -> at == EmulatedLink.LOST).count();
    }

    @Test
    void losesTheShareThatWasAskedForAndTheSameWithTheSameSeed() {
        NetworkConditions lossy = NetworkConditions.CLEAR.withLoss(0.05).withDelay(20, 10);
        List<Long> first = run(link, lossy, 1000);
        assertThat(lost(first)).isBetween(900L, 1100L);
        assertThat(run(new EmulatedLink(SEED), lossy, 1000)).isEqualTo(first);
        assertThat(run(new EmulatedLink(SEED + 1), lossy, 1000)).isNotEqualTo(first);
    }

    @Test
    void losesInBurstsOfTheMeanLength() {
        List<Long> due = run(link, NetworkConditions.CLEAR.withLoss(0.05, 5), 1000);
        int bursts = 0;
        for (int i = 1; i < COUNT; i++) {
            bursts += due.get(i) == EmulatedLink.LOST && due.get(i - 1) != EmulatedLink.LOST ? 1 : 0;
        }
        assertThat(lost(due)).isBetween(700L, 1300L);
        assertThat(lost(due) / (double) bursts).isBetween(4.0, 6.0);
    }

    @Test
    void delaysWithinTheSpreadAndKeepsTheOrder() {
        List<Long> due = run(link, NetworkConditions.CLEAR.withDelay(30, 20), 1000);
        for (int i = 1; i < COUNT; i++) {
            assertThat(due.get(i)).isGreaterThanOrEqualTo(due.get(i - 1));
            assertThat(due.get(i) - i * MS).isBetween(30 * MS, 50 * MS);
        }
    }

    @Test
    void reordersTheShareThatWasAskedFor() {
        List<Long> due = run(link, NetworkConditions.CLEAR.withReordering(0.1), 1000);
        int overtaken = 0;
        for (int i = 0; i + 1 < COUNT; i++) {
            overtaken += due.get(i) > due.get(i + 1) ? 1 : 0;
        }
        assertThat(overtaken).isBetween(1600, 2200);
    }

    @Test
    void carriesNoMoreThanItsRateAndLosesWhatWouldWaitTooLong() {
        // one datagram of 1000 + 28 bytes a millisecond is 8.2 Mb/s
        List<Long> due = run(link, NetworkConditions.CLEAR.withRate(822_400, 200), 1000);
        assertThat(COUNT - lost(due)).isBetween(2000L, 2030L);
        for (int i = 0; i < COUNT; i++) {
            if (due.get(i) != EmulatedLink.LOST) {
                assertThat(due.get(i) - i * MS).isLessThanOrEqualTo(211 * MS);
            }
        }
    }

    @Test
    void carriesBothWaysBetweenNearAndFar() throws Exception {
        InetAddress loopback = InetAddress.getByName("127.0.0.1");
        try (LossyRelay relay = LossyRelay.open(SEED);
                DatagramSocket near = new DatagramSocket(0, loopback);
                DatagramSocket far = new DatagramSocket(0, loopback)) {
            InetSocketAddress nearAddress = (InetSocketAddress) near.getLocalSocketAddress();
            LossyRelay.Path path = relay.pair(nearAddress, nearAddress).get(0);
            assertThat(path.address().getPort() % 2).isZero();
            path.far((InetSocketAddress) far.getLocalSocketAddress());
            relay.inward(NetworkConditions.CLEAR.withDelay(50, 0));
            near.send(new DatagramPacket(new byte[] {1}, 1, path.address()));
            DatagramPacket received = receive(far);
            assertThat(received.getData()[0]).isEqualTo((byte) 1);
            assertThat(received.getSocketAddress()).isEqualTo(path.address());
            long sentNs = System.nanoTime();
            far.send(new DatagramPacket(new byte[] {2}, 1, path.address()));
            assertThat(receive(near).getData()[0]).isEqualTo((byte) 2);
            assertThat(System.nanoTime() - sentNs).isGreaterThanOrEqualTo(50 * MS);
            relay.outward(NetworkConditions.CLEAR.withLoss(1));
            near.send(new DatagramPacket(new byte[] {3}, 1, path.address()));
            for (int i = 0; i < 200 && relay.lost() == 0; i++) {
                Thread.sleep(10);
            }
            assertThat(relay.lost()).isEqualTo(1);
            assertThat(relay.carried()).isEqualTo(2);
        }
    }

    private static DatagramPacket receive(DatagramSocket socket) throws Exception {
        socket.setSoTimeout(5000);
        DatagramPacket packet = new DatagramPacket(new byte[64], 64);
        socket.receive(packet);
        return packet;
    }
}
