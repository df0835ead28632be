package org.sipmgw.media.rtp;

import java.util.Arrays;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.sipmgw.media.srtp.SrtpKeys;
import org.sipmgw.media.srtp.SrtpProfile;
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
    private static final int LENGTH = 1200;

    private final ReceiveStatistics statistics = new ReceiveStatistics();
    private final Forwarder forwarder = new Forwarder(0x50414745, 100, 5000);
    private final SrtpSession page = session(SrtpProfile.AEAD_AES_128_GCM);
    private final Packet packet = new Packet(new byte[LENGTH + 64]);
    private final SrtpSession room = session(SrtpProfile.AEAD_AES_128_GCM);
    private final SrtpSession roomLeg = session(SrtpProfile.AEAD_AES_128_GCM);
    private int sequence;
    private long nowNs;

    public EncryptedForwardBenchmark() {
        forwarder.format(102, 90_000);
    }

    private static SrtpSession session(SrtpProfile profile) {
        byte[] key = new byte[profile.keyLength()];
        byte[] salt = new byte[profile.saltLength()];
        Arrays.fill(key, (byte) 1);
        return new SrtpSession(new SrtpKeys(profile, key, salt, key, salt));
    }

    private Packet receive() {
        sequence++;
        nowNs += 1_000_000;
        packet.view(0, LENGTH);
        packet.buffer()[0] = (byte) 0x80;
        packet.buffer()[1] = 97;
        packet.sequence(sequence & 0xFFFF);
        packet.timestamp(sequence * 90);
        packet.ssrc(0x1234);
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
        Arrival arrival = statistics.received(received, nowNs);
        if (arrival == Arrival.DUPLICATE || !forwarder.forward(received, arrival, nowNs)) {
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
