package org.sipmgw.media.webrtc;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.media.lab.ChromiumPage;
import org.sipmgw.media.lab.PreparedRtp;
import org.sipmgw.media.net.MediaLoop;
import org.sipmgw.media.rtp.PacketSink;
import org.sipmgw.sdp.Direction;
import org.sipmgw.sdp.MediaKind;

@Tag("media")
class WebRtcPeerIT {
    private static final int AUDIO = 0x11111111;
    private static final int VIDEO = 0x22222222;

    @Test
    void chromiumDecodesOpusAndVp8() throws Exception {
        connects("--disable-features=WebRtcHideLocalIpsWithMdns");
    }

    @Test
    void chromiumConnectsWithoutTellingItsAddresses() throws Exception {
        connects();
    }

    private void connects(String... flags) throws Exception {
        ExecutorService blocking = Executors.newCachedThreadPool();
        CompletableFuture<Boolean> connected = new CompletableFuture<>();
        try (MediaLoop loop = MediaLoop.start("test-media");
                WebRtcPeer peer = WebRtcPeer.answering(
                        loop, blocking, InetAddress.getLoopbackAddress(), "room", new WebRtcPeer.Listener() {
                            @Override
                            public void onConnected() {
                                connected.complete(true);
                            }

                            @Override
                            public void onFailed(String detail) {
                                connected.completeExceptionally(new AssertionError(detail));
                            }
                        });
                ChromiumPage page = new ChromiumPage(
                        offer -> peer.answer(
                                offer,
                                List.of(
                                        LocalTrack.answering(MediaKind.AUDIO, Direction.SENDONLY, AUDIO),
                                        LocalTrack.answering(MediaKind.VIDEO, Direction.SENDONLY, VIDEO))),
                        flags)) {
            PreparedRtp opus = PreparedRtp.audio("opus", 3);
            PreparedRtp vp8 = PreparedRtp.vp8(640, 360, 3);
            connected.get(15, TimeUnit.SECONDS);
            PeerDescription theirs = peer.remoteDescription().orElseThrow();
            int opusType = type(theirs, MediaKind.AUDIO, "opus");
            int vp8Type = type(theirs, MediaKind.VIDEO, "vp8");
            PacketSink sink = peer.rtpSink();
            PreparedRtp.Player audio = opus.play(AUDIO, opusType, p -> sink.packet(p, 0, p.length));
            PreparedRtp.Player video = vp8.play(VIDEO, vp8Type, p -> sink.packet(p, 0, p.length));
            try (audio;
                    video) {
                assertThat(page.await(
                                15,
                                p -> p.number("video", "framesDecoded") > 60
                                        && p.number("audio", "totalSamplesReceived") > 48_000))
                        .as(() -> page.states() + " " + page.stats())
                        .isTrue();
            }
            assertThat(page.stats()).contains("SRTP_AEAD_AES_128_GCM");
        } finally {
            blocking.shutdownNow();
        }
    }

    private static int type(PeerDescription description, MediaKind kind, String name) {
        return description.first(kind).orElseThrow().codecs().stream()
                .filter(codec -> codec.is(name))
                .findFirst()
                .orElseThrow()
                .payloadType();
    }
}
