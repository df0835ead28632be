package org.sipmgw.media.rtp;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Parity of another implementation: GStreamer's. */
@Tag("network")
class UlpfecIT {
    private static final int RED = 121;
    private static final int PARITY = 122;

    private final Ulpfec parity = new Ulpfec();
    private final Packet made = new Packet(new byte[PacketPool.ORDINARY]);
    private final Map<Integer, byte[]> lost = new HashMap<>();
    private final Random random = new Random(20_261_124);
    private int recovered;

    @Test
    void aTwentiethLostIsMadeBitByBit() throws Exception {
        try (DatagramSocket socket = new DatagramSocket(0, InetAddress.getLoopbackAddress())) {
            socket.setSoTimeout(10_000);
            socket.setReceiveBufferSize(4 << 20);
            Process sender = new ProcessBuilder(command(socket.getLocalPort()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                receive(socket);
            } finally {
                sender.destroyForcibly().waitFor();
            }
        }
        System.out.printf("%d lost, %d made%n", lost.size(), recovered);
        assertThat(lost).hasSizeGreaterThan(10);
        assertThat(recovered).isGreaterThan(lost.size() * 8 / 10);
    }

    private static List<String> command(int port) {
        return List.of(("gst-launch-1.0 -q videotestsrc num-buffers=100 pattern=snow"
                        + " ! video/x-raw,width=640,height=360,framerate=30/1"
                        + " ! x264enc tune=zerolatency bitrate=1500 speed-preset=ultrafast ! rtph264pay pt=96 mtu=1200"
                        + " ! rtpulpfecenc pt=" + PARITY + " percentage=100 multipacket=true"
                        + " ! rtpredenc pt=" + RED + " allow-no-red-blocks=true distance=0"
                        + " ! udpsink host=127.0.0.1 port=" + port)
                .split(" "));
    }

    private void receive(DatagramSocket socket) throws IOException {
        DatagramPacket datagram = new DatagramPacket(new byte[PacketPool.ORDINARY], PacketPool.ORDINARY);
        while (true) {
            try {
                datagram.setLength(PacketPool.ORDINARY);
                socket.receive(datagram);
                socket.setSoTimeout(1_000);
            } catch (SocketTimeoutException e) {
                return;
            }
            take(new Packet(datagram.getData().clone()).view(0, datagram.getLength()));
        }
    }

    private void take(Packet packet) {
        assertThat(packet.payloadType()).isEqualTo(RED);
        if (Red.unwrap(packet) == PARITY) {
            parity.parity(packet.buffer(), packet.payloadOffset(), packet.payloadLength());
        } else if (random.nextDouble() < 0.05) {
            lost.put(packet.sequence(), bytes(packet));
        } else {
            parity.media(packet);
        }
        while (parity.recover(made)) {
            recovered++;
            assertThat(bytes(made)).isEqualTo(lost.get(made.sequence()));
        }
    }

    private static byte[] bytes(Packet packet) {
        return Arrays.copyOfRange(packet.buffer(), packet.offset(), packet.offset() + packet.length());
    }
}
