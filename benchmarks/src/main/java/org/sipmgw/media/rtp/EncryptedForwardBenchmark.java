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
 * The way of a room's packet of 1200 bytes into the page, AEAD_AES_128_GCM on both sides, against opening and protecting it alone. To have a
 * new packet each time, every figure holds the room's own protection too: {@link #roomAlone} is that share.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class EncryptedForwardBenchmark {
    private final ReceiveStatistics statistics = new ReceiveStatistics();
    private final Forwarder forwarder = RoomPackets.forwarder();
    private final SrtpSession page = RoomPackets.session();
    private final RoomPackets packets = new RoomPackets();
    private final SrtpSession room = RoomPackets.session();
    private final SrtpSession roomLeg = RoomPackets.session();

    private Packet receive() {
        Packet packet = packets.next();
        room.protectRtp(packet);
        return packet;
    }

    /** What every other figure holds besides. */
    @Benchmark
    public Packet roomAlone() {
        return receive();
    }

    /** Demultiplex, open, count, rewrite, protect. */
    @Benchmark
    public SrtpStatus openCountRewriteProtect() {
        Packet received = receive();
        if (PacketKind.of(received) != PacketKind.RTP
                || !received.isRtpHeader()
                || roomLeg.unprotectRtp(received) != SrtpStatus.OK
                || !received.isRtp()) {
            return SrtpStatus.REFUSED;
        }
        Arrival arrival = statistics.received(received, packets.nowNs());
        if (arrival == Arrival.DUPLICATE || !forwarder.forward(received, arrival, packets.nowNs())) {
            return SrtpStatus.REFUSED;
        }
        return page.protectRtp(received);
    }

    /** Open and protect alone. */
    @Benchmark
    public SrtpStatus yardstickOpenAndProtect() {
        Packet received = receive();
        return roomLeg.unprotectRtp(received) == SrtpStatus.OK ? page.protectRtp(received) : SrtpStatus.REFUSED;
    }

    @TearDown
    public void wipe() {
        page.close();
        room.close();
        roomLeg.close();
    }
}
