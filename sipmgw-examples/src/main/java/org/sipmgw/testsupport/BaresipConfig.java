package org.sipmgw.testsupport;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** The configuration file of a {@link BaresipPhone}. */
final class BaresipConfig {

    private static final String TEMPLATE = """
            poll_method epoll
            sip_listen 127.0.0.1:%1$d
            call_local_timeout 120
            call_max_calls 4
            audio_path /usr/share/baresip
            audio_player aubridge,player
            audio_source aufile,%2$s/sound.wav
            audio_alert aubridge,alert
            audio_level no
            ausrc_srate 48000
            auplay_srate 48000
            ausrc_channels 1
            auplay_channels 1
            ausrc_format s16
            auplay_format s16
            auenc_format s16
            audec_format s16
            audio_buffer 20-160
            video_source avformat,%2$s/picture.mp4
            video_display fakevideo,nil
            video_size %3$dx%4$d
            video_bitrate %5$d
            video_fps 30.00
            videnc_format yuv420p
            rtp_tos 184
            rtp_ports %6$d-%7$d
            rtp_bandwidth 512-4000
            rtcp_mux no
            jitter_buffer_delay 5-10
            rtp_stats no
            rtp_timeout 60
            net_interface 127.0.0.1
            dns_server 127.0.0.1:53
            module_path %8$s
            module stdio.so
            module %9$s
            module aufile.so
            module aubridge.so
            module avcodec.so
            module vp8.so
            module avformat.so
            module fakevideo.so
            module snapshot.so
            module srtp.so
            module dtls_srtp.so
            module_tmp uuid.so
            module_tmp account.so
            module_app menu.so
            module_app ctrl_tcp.so
            ctrl_tcp_listen 127.0.0.1:%10$d
            avcodec_h264enc libx264
            avcodec_h264dec h264
            opus_bitrate 48000
            """;

    private BaresipConfig() {}

    static String text(BaresipSettings settings, Path directory, int sipPort, int rtpPort, int controlPort)
            throws IOException {
        return TEMPLATE.formatted(
                sipPort,
                directory,
                settings.width(),
                settings.height(),
                settings.bitrateBps(),
                rtpPort,
                rtpPort + 39,
                modules(),
                settings.audioModule(),
                controlPort);
    }

    private static Path modules() throws IOException {
        try (Stream<Path> candidates = Files.walk(Path.of("/usr/lib"), 2)) {
            return candidates
                    .filter(p -> p.endsWith("baresip"))
                    .map(p -> p.resolve("modules"))
                    .filter(Files::isDirectory)
                    .findFirst()
                    .orElseThrow(() -> new IOException("baresip is not installed: apt install baresip baresip-ffmpeg"));
        }
    }
}
