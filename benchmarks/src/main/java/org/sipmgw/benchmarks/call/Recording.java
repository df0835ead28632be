package org.sipmgw.benchmarks.call;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.sipmgw.media.rtp.PacketSink;

/** RTP packets with their times, kept from a stream that begins with a key frame, and played again and again. */
final class Recording implements PacketSink {

    private static final int KEPT = 2000;

    private record Kept(long ns, byte[] bytes) {}

    private final List<Kept> packets = new ArrayList<>();

    @Override
    public synchronized void packet(byte[] buffer, int offset, int length) {
        if (packets.size() < KEPT) {
            packets.add(new Kept(System.nanoTime(), Arrays.copyOfRange(buffer, offset, offset + length)));
        }
    }

    /** Sends it to a port of this machine, in the time it was made in, until the returned player is closed. */
    Player play(int port) throws IOException {
        return new Player(port);
    }

    /** Sends. */
    final class Player implements AutoCloseable {
        private final DatagramSocket socket = new DatagramSocket();
        private final Thread thread;

        private Player(int port) throws IOException {
            thread = new Thread(() -> run(port), "player");
            thread.setDaemon(true);
            thread.start();
        }

        private void run(int port) {
            int sequence = 0;
            int shift = 0;
            try {
                while (true) {
                    long start = System.nanoTime();
                    long first = packets.get(0).ns();
                    for (Kept kept : packets) {
                        long waitNs = kept.ns() - first - (System.nanoTime() - start);
                        if (waitNs > 0) {
                            Thread.sleep(waitNs / 1_000_000, (int) (waitNs % 1_000_000));
                        }
                        socket.send(numbered(kept.bytes(), sequence++, shift, port));
                    }
                    shift += (int) ((System.nanoTime() - start) / 1_000_000 * 90);
                }
            } catch (IOException | InterruptedException closed) {
                // the end
            }
        }

        private static DatagramPacket numbered(byte[] packet, int sequence, int shift, int port) {
            byte[] copy = packet.clone();
            copy[2] = (byte) (sequence >> 8);
            copy[3] = (byte) sequence;
            int timestamp = (copy[4] << 24 | (copy[5] & 255) << 16 | (copy[6] & 255) << 8 | copy[7] & 255) + shift;
            for (int i = 0; i < 4; i++) {
                copy[4 + i] = (byte) (timestamp >> (24 - 8 * i));
            }
            return new DatagramPacket(copy, copy.length, InetAddress.getLoopbackAddress(), port);
        }

        @Override
        public void close() {
            thread.interrupt();
            socket.close();
        }
    }
}
