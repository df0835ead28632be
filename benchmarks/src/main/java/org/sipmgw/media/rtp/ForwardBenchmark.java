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
 * A packet of 1200 bytes on its way from the room to the page: told apart, checked, counted, rewritten, protected (GCM,
 * as Chromium agrees); against protecting it alone. What protection allocates is jitsi-srtp's and the JDK's cipher API's.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
public class ForwardBenchmark {

    private static final int LENGTH = 1200;
    private static final int ROOM_SSRC = 0x524f4f4d;

    private final ReceiveStatistics statistics = new ReceiveStatistics();
    private final Forwarder forwarder = new Forwarder(0x50414745, 100, 5000);
    private final SrtpSession srtp = session();
    private final Packet packet = new Packet(new byte[LENGTH + 64]);
    private int sequence;
    private long nowNs;

    public ForwardBenchmark() {
        forwarder.format(102, 90_000);
    }

    private static SrtpSession session() {
        SrtpProfile profile = SrtpProfile.AEAD_AES_128_GCM;
        byte[] key = new byte[profile.keyLength()];
        byte[] salt = new byte[profile.saltLength()];
        Arrays.fill(key, (byte) 1);
        return new SrtpSession(new SrtpKeys(profile, key, salt, key, salt));
    }

    /** The room's next packet, as the socket fills the buffer: one packet a millisecond. */
    private Packet receive() {
        sequence++;
        nowNs += 1_000_000;
        packet.view(0, LENGTH);
        packet.buffer()[0] = (byte) 0x80;
        packet.buffer()[1] = 97;
        packet.sequence(sequence);
        packet.timestamp(sequence * 90);
        packet.ssrc(ROOM_SSRC);
        return packet;
    }

    private boolean forward() {
        Packet received = receive();
        if (PacketKind.of(received) != PacketKind.RTP || !received.isRtp()) {
            return false;
        }
        Arrival arrival = statistics.received(received, nowNs);
        return arrival != Arrival.DUPLICATE && forwarder.forward(received, arrival, nowNs);
    }

    /** Everything but protection. */
    @Benchmark
    public boolean parseCountRewrite() {
        return forward();
    }

    /** Everything. */
    @Benchmark
    public SrtpStatus parseCountRewriteProtect() {
        return forward() ? srtp.protectRtp(packet) : SrtpStatus.REFUSED;
    }

    /** Protection alone. */
    @Benchmark
    public SrtpStatus yardstickProtectAlone() {
        return srtp.protectRtp(receive());
    }

    @TearDown
    public void wipe() {
        srtp.close();
    }
}
