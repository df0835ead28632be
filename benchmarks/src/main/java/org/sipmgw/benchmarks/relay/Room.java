package org.sipmgw.benchmarks.relay;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.channels.DatagramChannel;
import java.util.Arrays;
import java.util.Optional;
import java.util.concurrent.locks.LockSupport;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.srtp.SrtpKeys;
import org.sipmgw.media.srtp.SrtpProfile;
import org.sipmgw.media.srtp.SrtpSession;

/** Sends the same packets to whoever forwards them: 1200 bytes of video at an even pace, protected or plain. */
final class Room implements AutoCloseable {
    static final int PAYLOAD_TYPE = 96;
    private static final int LENGTH = 1200;
    private static final int PACKETS_PER_PICTURE = 200;

    private final DatagramChannel socket;
    private final Optional<SrtpSession> protection;
    private final Packet packet = new Packet(new byte[LENGTH + 64]);
    private final ByteBuffer direct = ByteBuffer.allocateDirect(LENGTH + 64);
    private volatile boolean ended;
    private volatile long sent;

    Room(Optional<SrtpKeys> keys) throws IOException {
        socket = DatagramChannel.open();
        socket.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0));
        protection = keys.map(SrtpSession::new);
    }

    /** Keys of a side that sends with these bytes of key and salt. */
    static SrtpKeys keys(SrtpProfile profile, byte[] keyAndSalt) {
        byte[] key = Arrays.copyOf(keyAndSalt, profile.keyLength());
        byte[] salt = Arrays.copyOfRange(keyAndSalt, profile.keyLength(), keyAndSalt.length);
        return new SrtpKeys(profile, key, salt, key, salt);
    }

    int port() throws IOException {
        return ((InetSocketAddress) socket.getLocalAddress()).getPort();
    }

    long sent() {
        return sent;
    }

    /** Begins, on a thread of its own. */
    void send(InetSocketAddress to, int packetsPerSecond) {
        Thread thread = new Thread(() -> run(to, 1_000_000_000L / packetsPerSecond), "room");
        thread.setDaemon(true);
        thread.start();
    }

    private void run(InetSocketAddress to, long spacingNs) {
        long startNs = System.nanoTime();
        try {
            for (int i = 0; !ended; i++) {
                next(i);
                direct.clear();
                direct.put(packet.buffer(), 0, packet.length()).flip();
                socket.send(direct, to);
                sent = i + 1L;
                long waitNs = startNs + (i + 1) * spacingNs - System.nanoTime();
                if (waitNs > 0) {
                    LockSupport.parkNanos(waitNs);
                }
            }
        } catch (IOException e) {
            if (!ended) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private void next(int i) {
        packet.view(0, LENGTH);
        byte[] b = packet.buffer();
        Arrays.fill(b, Packet.FIXED_HEADER, LENGTH, (byte) 0x55);
        b[0] = (byte) 0x80;
        b[1] = PAYLOAD_TYPE;
        packet.marker(i % PACKETS_PER_PICTURE == PACKETS_PER_PICTURE - 1);
        packet.sequence(i & 0xFFFF);
        packet.timestamp(i / PACKETS_PER_PICTURE * 3000);
        packet.ssrc(0x1234);
        // H.264: a slice of a picture that is no key frame
        b[Packet.FIXED_HEADER] = 0x41;
        protection.ifPresent(session -> session.protectRtp(packet));
    }

    @Override
    public void close() throws IOException {
        ended = true;
        socket.close();
    }
}
