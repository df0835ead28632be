package org.sipmgw.media.rtp;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.sipmgw.media.srtp.SrtpSession;
import org.sipmgw.media.srtp.SrtpStatus;

/**
 * A packet of 1200 bytes on its way from the room to the page: told apart, checked, counted, rewritten, protected (GCM,
 * as Chromium agrees); against protecting it alone. What protection allocates is jitsi-srtp's and the JDK's cipher API's.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ForwardBenchmark {

    private final ReceiveStatistics statistics = new ReceiveStatistics();
    private final Forwarder forwarder = RoomPackets.forwarder();
    private final SrtpSession srtp = RoomPackets.session();
    private final RoomPackets room = new RoomPackets();

    private boolean forward(Packet received) {
        if (PacketKind.of(received) != PacketKind.RTP || !received.isRtp()) {
            return false;
        }
        Arrival arrival = statistics.received(received, room.nowNs());
        return arrival != Arrival.DUPLICATE && forwarder.forward(received, arrival, room.nowNs());
    }

    /** Everything but protection. */
    @Benchmark
    public boolean parseCountRewrite() {
        return forward(room.next());
    }

    /** Everything. */
    @Benchmark
    public SrtpStatus parseCountRewriteProtect() {
        Packet received = room.next();
        return forward(received) ? srtp.protectRtp(received) : SrtpStatus.REFUSED;
    }

    /** Protection alone. */
    @Benchmark
    public SrtpStatus yardstickProtectAlone() {
        return srtp.protectRtp(room.next());
    }

    @TearDown
    public void wipe() {
        srtp.close();
    }
}
