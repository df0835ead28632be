package org.sipmgw.media.rtp;

import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;

/** STUN, DTLS, RTP and RTCP on one port, told apart; mixed as in a call, in an order that no branch predictor knows. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class DemultiplexBenchmark {

    private static final int PACKETS = 4096;

    private final Packet[] packets = packets();

    private static Packet[] packets() {
        SplittableRandom random = new SplittableRandom(7);
        Packet[] packets = new Packet[PACKETS];
        for (int i = 0; i < PACKETS; i++) {
            int kind = random.nextInt(100);
            byte[] bytes = new byte[kind < 96 ? 1200 : 120];
            if (kind < 92) {
                bytes[0] = (byte) 0x80;
                bytes[1] = (byte) (kind < 80 ? 102 : 111);
            } else if (kind < 96) {
                bytes[0] = (byte) 0x80;
                bytes[1] = (byte) 200;
            } else {
                bytes[0] = (byte) (kind < 99 ? 0 : 22);
            }
            packets[i] = new Packet(bytes).view(0, bytes.length);
        }
        return packets;
    }

    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public int demultiplex() {
        int rtp = 0;
        for (Packet packet : packets) {
            rtp += switch (PacketKind.of(packet)) {
                case RTP -> 1;
                case RTCP -> 2;
                case STUN -> 3;
                case DTLS -> 4;
                case OTHER -> 5;
            };
        }
        return rtp;
    }

    /** The least that any demultiplexer does: read the first two bytes of each. */
    @Benchmark
    @OperationsPerInvocation(PACKETS)
    public int yardstickReadTwoBytes() {
        int sum = 0;
        for (Packet packet : packets) {
            sum += packet.buffer()[packet.offset()] + packet.buffer()[packet.offset() + 1];
        }
        return sum;
    }
}
