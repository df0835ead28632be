package org.sipmgw.benchmarks.call;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.sipmgw.media.net.MediaLoop;
import org.sipmgw.media.net.UdpPort;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.webrtc.LocalTrack;
import org.sipmgw.media.webrtc.WebRtcPeer;
import org.sipmgw.sdp.Direction;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.RtpCodec;

/** The gateway's own way from the room's packets into the page: a socket, SRTP, the loopback WebRTC connection. */
final class Forward implements AutoCloseable {

    /** The thread that does all of it. */
    static final String THREAD = "forward";

    private static final RtpCodec H264 =
            new RtpCodec("H264", 102, 90_000, 1, Map.of("profile-level-id", "42e01f", "packetization-mode", "1"));

    private final MediaLoop loop = MediaLoop.start(THREAD);
    private final MediaLoop pageLoop = MediaLoop.start("page");
    private final ExecutorService blocking = Executors.newCachedThreadPool();
    private final AtomicLong received = new AtomicLong();
    private final WebRtcPeer gateway;
    private final WebRtcPeer page;
    private final UdpPort room;

    Forward() throws IOException, InterruptedException {
        InetAddress local = InetAddress.getLoopbackAddress();
        CountDownLatch connected = new CountDownLatch(2);
        gateway = WebRtcPeer.offering(loop, blocking, local, "gateway", new WebRtcPeer.Listener() {
            @Override
            public void onConnected() {
                connected.countDown();
            }
        });
        page = WebRtcPeer.answering(pageLoop, blocking, local, "page", new WebRtcPeer.Listener() {
            @Override
            public void onConnected() {
                connected.countDown();
            }

            @Override
            public void onRtp(Packet packet, long nowNs) {
                received.incrementAndGet();
            }
        });
        String offer = gateway.offer(List.of(new LocalTrack(MediaKind.VIDEO, Direction.SENDONLY, 1, List.of(H264))));
        gateway.accept(page.answer(offer, List.of(LocalTrack.answering(MediaKind.VIDEO, Direction.RECVONLY, 2))));
        if (!connected.await(10, TimeUnit.SECONDS)) {
            throw new IllegalStateException("the loopback connection does not come about");
        }
        room = loop.open(new InetSocketAddress(local, 0), (packet, source, nowNs) -> gateway.sendRtp(packet));
    }

    int port() {
        return room.local().getPort();
    }

    /** Packets that came out at the page's end, opened. */
    long received() {
        return received.get();
    }

    @Override
    public void close() {
        loop.await(room::close);
        page.close();
        gateway.close();
        loop.close();
        pageLoop.close();
        blocking.shutdownNow();
    }
}
