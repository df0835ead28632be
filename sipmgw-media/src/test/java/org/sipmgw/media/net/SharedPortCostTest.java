package org.sipmgw.media.net;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.rtp.Rtp;

/** Finding out whose a packet is allocates nothing. */
@Tag("media")
class SharedPortCostTest {
    private static final int PACKETS = 1_000_000;
    private static final int SHARES = 100;

    @Test
    void aMillionPacketsOfAHundredSourcesAllocateNothing() throws Exception {
        MediaLoop loop = MediaLoop.start("shared-port-cost");
        SharedPorts ports = new SharedPorts(loop, 0, packet -> null);
        InetAddress local = InetAddress.getLoopbackAddress();
        UdpPort[] shares = new UdpPort[SHARES];
        InetSocketAddress[] sources = new InetSocketAddress[SHARES];
        long[] taken = new long[1];
        for (int i = 0; i < SHARES; i++) {
            shares[i] = ports.open(local);
            shares[i].handler = (packet, source, nowNs) -> taken[0]++;
            sources[i] = new InetSocketAddress(local, 5000 + i);
        }
        Packet packet = Rtp.packet(96, 1, 2, 3, 4, 5, 6, 7);
        long[] cost = new long[2];
        loop.await(() -> {
            for (int i = 0; i < SHARES; i++) {
                shares[i].expects(sources[i], SourceClaim.PROVEN);
            }
            DatagramHandler port = ports.at(local).handler;
            send(port, packet, sources);
            ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
            long before = threads.getCurrentThreadAllocatedBytes();
            long beganNs = System.nanoTime();
            send(port, packet, sources);
            cost[1] = System.nanoTime() - beganNs;
            cost[0] = threads.getCurrentThreadAllocatedBytes() - before;
        });
        System.out.printf("%d bytes, %d ns a packet%n", cost[0], cost[1] / PACKETS);
        assertThat(taken[0]).isEqualTo(2L * PACKETS);
        assertThat(cost[0]).isLessThan(PACKETS / 100);
        for (UdpPort share : shares) {
            share.close();
        }
        assertThat(loop.ports()).isZero();
        loop.close();
    }

    private static void send(DatagramHandler port, Packet packet, InetSocketAddress[] sources) {
        for (int i = 0; i < PACKETS; i++) {
            port.datagram(packet, sources[i % SHARES], i);
        }
    }
}
