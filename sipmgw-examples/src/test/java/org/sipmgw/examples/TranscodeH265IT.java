package org.sipmgw.examples;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.media.transcode.FrameDecoder;
import org.sipmgw.sdp.RtpCodec;

@Tag("media")
class TranscodeH265IT {

    @Test
    void whatFfmpegSendsAsH265ArrivesAsH264() throws Exception {
        RtpCodec h264 = new RtpCodec("H264", 97, 90_000, 1, Map.of());
        CountDownLatch frames = new CountDownLatch(30);
        try (DatagramSocket receiver = new DatagramSocket(0, InetAddress.getLoopbackAddress());
                FrameDecoder decoder = FrameDecoder.open(h264, 320, 240, (i420, ptsNs) -> frames.countDown());
                TranscodeH265 example = new TranscodeH265(0, (InetSocketAddress) receiver.getLocalSocketAddress())) {
            Thread working = new Thread(() -> {
                try {
                    example.run();
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });
            working.start();
            Process ffmpeg = new ProcessBuilder(("ffmpeg -v error -re -f lavfi -i testsrc2=size=320x240:rate=30 -t 30"
                                    + " -c:v libx265 -preset ultrafast -x265-params bframes=0:keyint=15:log-level=none"
                                    + " -f rtp -payload_type 96 rtp://127.0.0.1:" + example.port() + "?pkt_size=1200")
                            .split(" "))
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            try {
                byte[] buffer = new byte[2048];
                receiver.setSoTimeout(10_000);
                while (frames.getCount() > 0) {
                    DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
                    receiver.receive(packet);
                    assertThat(buffer[1] & 0x7f).isEqualTo(97);
                    decoder.packet(buffer, 0, packet.getLength());
                }
            } finally {
                ffmpeg.destroy();
                ffmpeg.waitFor();
            }
            assertThat(frames.await(1, TimeUnit.SECONDS)).isTrue();
            example.close();
            working.join(5000);
            assertThat(working.isAlive()).isFalse();
        }
    }
}
