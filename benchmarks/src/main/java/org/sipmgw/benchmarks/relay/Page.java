package org.sipmgw.benchmarks.relay;

import java.io.IOException;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.sipmgw.media.net.MediaLoop;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.webrtc.LocalTrack;
import org.sipmgw.media.webrtc.WebRtcPeer;
import org.sipmgw.sdp.Direction;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.RtpCodec;

/** The page's end: counts what arrives and can be opened. */
final class Page implements AutoCloseable {
    private final MediaLoop loop = MediaLoop.start("page");
    private final ExecutorService blocking = Executors.newCachedThreadPool();
    private final CompletableFuture<Boolean> connected = new CompletableFuture<>();
    private final WebRtcPeer peer;
    private volatile long received;

    Page() throws IOException {
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
                received++;
            }
        });
    }

    String offer() {
        RtpCodec h264 =
                new RtpCodec("H264", 102, 90_000, 1, Map.of("packetization-mode", "1", "profile-level-id", "42e01f"));
        return peer.offer(List.of(new LocalTrack(MediaKind.VIDEO, Direction.RECVONLY, 0, List.of(h264))));
    }

    boolean accept(String answer) throws Exception {
        peer.accept(answer);
        return connected.get(20, TimeUnit.SECONDS);
    }

    long received() {
        return received;
    }

    @Override
    public void close() {
        peer.close();
        loop.close();
        blocking.shutdownNow();
    }
}
