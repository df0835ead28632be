package org.sipmgw.media.lab;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.sipmgw.media.net.MediaLoop;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.rtp.RtcpWriter;
import org.sipmgw.media.webrtc.LocalTrack;
import org.sipmgw.media.webrtc.WebRtcPeer;
import org.sipmgw.sdp.Direction;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.RtpCodec;
import org.sipmgw.spi.PagePeer;

/** A page without a browser: offers to receive as a browser does, by the gateway's own peer in the other role. */
public final class FakePage implements AutoCloseable {
    private final MediaLoop loop = MediaLoop.start("fake-page");
    private final ExecutorService blocking = Executors.newCachedThreadPool();
    private final WebRtcPeer peer;
    private final CompletableFuture<Boolean> connected = new CompletableFuture<>();
    private final List<byte[]> rtp = new CopyOnWriteArrayList<>();
    private final List<byte[]> rtcp = new CopyOnWriteArrayList<>();
    private volatile boolean keep = true;

    /** A page that has not offered yet. */
    public FakePage() throws IOException {
        peer = WebRtcPeer.offering(loop, blocking, InetAddress.getLoopbackAddress(), "page", new WebRtcPeer.Listener() {
            @Override
            public void onConnected() {
                connected.complete(true);
            }

            @Override
            public void onFailed(String detail) {
                connected.complete(false);
            }

            @Override
            public void onRtp(Packet packet, long nowNs) {
                if (keep) {
                    rtp.add(copy(packet));
                }
            }

            @Override
            public void onRtcp(Packet packet, long nowNs) {
                rtcp.add(copy(packet));
            }
        });
    }

    private static byte[] copy(Packet packet) {
        byte[] bytes = new byte[packet.length()];
        System.arraycopy(packet.buffer(), packet.offset(), bytes, 0, bytes.length);
        return bytes;
    }

    /** Its offer. */
    public String offer() {
        RtpCodec opus = new RtpCodec("opus", 111, 48_000, 2, Map.of());
        RtpCodec h264 = new RtpCodec(
                "H264", 102, 90_000, 1, new TreeMap<>(Map.of("packetization-mode", "1", "profile-level-id", "42e01f")));
        return peer.offer(List.of(
                new LocalTrack(MediaKind.AUDIO, Direction.RECVONLY, 0, List.of(opus)),
                new LocalTrack(MediaKind.VIDEO, Direction.RECVONLY, 0, List.of(h264))));
    }

    /** Takes the answer. */
    public void accept(String answer) {
        peer.accept(answer);
    }

    /** Connects and waits; whether that came about. */
    public boolean connect(PagePeer gateway) throws Exception {
        accept(gateway.connect(offer()).toCompletableFuture().get(5, TimeUnit.SECONDS));
        return connected.get(10, TimeUnit.SECONDS);
    }

    /** Asks for a key frame. */
    public void pictureLoss(int media) {
        loop.execute(() -> {
            Packet packet = new Packet(new byte[256]);
            new RtcpWriter(packet).receiverReport(1).pictureLoss(1, media);
            peer.sendRtcp(packet);
        });
    }

    /** Asks for a packet again. */
    public void missing(int media, int sequence) {
        loop.execute(() -> {
            Packet packet = new Packet(new byte[256]);
            new RtcpWriter(packet).receiverReport(1).nack(1, media, sequence, 0);
            peer.sendRtcp(packet);
        });
    }

    /** RTP that has come, opened. */
    public List<byte[]> rtp() {
        return rtp;
    }

    /** Compound RTCP that has come, opened. */
    public List<byte[]> rtcp() {
        return rtcp;
    }

    /** Keeps no more packets. */
    public void forget() {
        keep = false;
        rtp.clear();
    }

    @Override
    public void close() {
        peer.close();
        loop.close();
        blocking.shutdownNow();
    }
}
