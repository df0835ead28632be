package org.sipmgw.media;

import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import org.sipmgw.media.net.MediaLoop;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.webrtc.LocalTrack;
import org.sipmgw.media.webrtc.WebRtcPeer;
import org.sipmgw.sdp.Direction;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.RtpCodec;

/**
 * One connection of the gateway with itself, on a loop of its own, so that ICE, DTLS and SRTP are loaded and their
 * native parts found before the first call joins: that call would wait a second or more for them. Failing is no fault;
 * the first call then finds out why.
 */
final class WarmUp implements Runnable {
    private static final Logger LOG = System.getLogger(WarmUp.class.getName());
    private static final int TIMEOUT_SECONDS = 10;
    private static final RtpCodec OPUS = new RtpCodec("opus", 111, 48_000, 2, Map.of());

    private final Executor blocking;
    private final CountDownLatch connected = new CountDownLatch(2);
    private final WebRtcPeer.Listener listener = new WebRtcPeer.Listener() {
        @Override
        public void onConnected() {
            connected.countDown();
        }
    };

    WarmUp(Executor blocking) {
        this.blocking = blocking;
    }

    @Override
    public void run() {
        InetAddress local = InetAddress.getLoopbackAddress();
        try (MediaLoop loop = MediaLoop.start("sipmgw-warm-up");
                WebRtcPeer page = WebRtcPeer.offering(loop, blocking, local, "page", listener);
                WebRtcPeer gateway = WebRtcPeer.answering(loop, blocking, local, "gateway", listener)) {
            String offer = page.offer(List.of(new LocalTrack(MediaKind.AUDIO, Direction.RECVONLY, 0, List.of(OPUS))));
            page.accept(gateway.answer(offer, List.of(LocalTrack.answering(MediaKind.AUDIO, Direction.SENDONLY, 1))));
            if (connected.await(TIMEOUT_SECONDS, TimeUnit.SECONDS)) {
                loop.await(() -> gateway.sendRtp(silence()));
            }
        } catch (IOException | RuntimeException e) {
            LOG.log(Level.DEBUG, "warm-up", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt(); // the engine is closing
        }
    }

    private static Packet silence() {
        Packet packet = new Packet(new byte[256]);
        packet.view(0, 32);
        packet.buffer()[0] = (byte) 0x80;
        packet.buffer()[1] = (byte) OPUS.payloadType();
        packet.ssrc(1);
        return packet;
    }
}
