package org.sipmgw.examples;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.util.Map;
import org.sipmgw.media.transcode.Transcoder;
import org.sipmgw.sdp.RtpCodec;

/** Takes H.265 over RTP at one UDP port and sends it on as H.264: the transcoder without a gateway. */
public final class TranscodeH265 implements AutoCloseable {

    private static final RtpCodec H265 = new RtpCodec("H265", 96, 90_000, 1, Map.of());
    private static final RtpCodec H264 = new RtpCodec("H264", 97, 90_000, 1, Map.of("packetization-mode", "1"));

    private final DatagramSocket socket;
    private final Transcoder transcoder;

    /** Opens the port, on loopback; 0: one that is free. */
    public TranscodeH265(int port, InetSocketAddress to) throws SocketException {
        socket = new DatagramSocket(port, InetAddress.getLoopbackAddress());
        transcoder = Transcoder.open(
                H265, Transcoder.Target.of(H264), (buffer, offset, length) -> send(buffer, offset, length, to));
    }

    /** Where H.265 is taken. */
    public int port() {
        return socket.getLocalPort();
    }

    /** Works until {@link #close()}. */
    public void run() throws IOException {
        byte[] buffer = new byte[2048];
        DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
        while (!socket.isClosed()) {
            packet.setLength(buffer.length);
            try {
                socket.receive(packet);
            } catch (SocketException closed) {
                return;
            }
            transcoder.packet(buffer, 0, packet.getLength());
        }
    }

    private void send(byte[] buffer, int offset, int length, InetSocketAddress to) {
        try {
            socket.send(new DatagramPacket(buffer, offset, length, to));
        } catch (IOException e) {
            System.getLogger("transcode").log(System.Logger.Level.DEBUG, "not sent", e);
        }
    }

    @Override
    public void close() {
        socket.close();
        transcoder.close();
    }
}
