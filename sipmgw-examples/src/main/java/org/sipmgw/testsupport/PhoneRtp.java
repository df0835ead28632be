package org.sipmgw.testsupport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Optional;

/** The media of one call of a {@link VirtualPhone}: its ports, what it plays and what it has recorded. */
final class PhoneRtp implements AutoCloseable {

    private static final InetSocketAddress NOWHERE = new InetSocketAddress("127.0.0.1", 0);

    private final PhoneMedia media;
    private final RtpPort audio;
    private final RtpPort video;
    private volatile InetSocketAddress audioTarget = NOWHERE;
    private volatile InetSocketAddress videoTarget = NOWHERE;
    private volatile InetSocketAddress audioReports = NOWHERE;
    private volatile InetSocketAddress videoReports = NOWHERE;
    private Optional<RtpPlayer> player = Optional.empty();
    private boolean closed;

    PhoneRtp(PhoneMedia media) throws IOException {
        this.media = media;
        this.audio = RtpPort.open("phone-audio");
        this.video = RtpPort.open("phone-video");
    }

    RtpPort audio() {
        return audio;
    }

    RtpPort video() {
        return video;
    }

    synchronized Optional<RtpPlayer> player() {
        return player;
    }

    InetSocketAddress videoReports() {
        return videoReports;
    }

    /** Begins or goes on as the other side's description says. */
    synchronized void configure(String remoteSdp) {
        Optional<PhoneSdp.Line> audioLine = PhoneSdp.read(remoteSdp, "audio");
        Optional<PhoneSdp.Line> videoLine = PhoneSdp.read(remoteSdp, "video");
        audioTarget = audioLine.map(PhoneSdp.Line::target).orElse(NOWHERE);
        audioReports = audioLine.map(PhoneSdp.Line::reports).orElse(NOWHERE);
        videoTarget = videoLine.map(PhoneSdp.Line::target).orElse(NOWHERE);
        videoReports = videoLine.map(PhoneSdp.Line::reports).orElse(NOWHERE);
        int audioType = audioLine.map(PhoneSdp.Line::payloadType).orElse(0);
        int videoType = videoLine.map(PhoneSdp.Line::payloadType).orElse(0);
        if (player.isEmpty() && !closed) {
            player = Optional.of(
                    new RtpPlayer("phone", media.audio(), audioType, media.video(), videoType, new ToGateway()));
        }
    }

    private final class ToGateway implements RtpPlayer.Output {
        @Override
        public void packet(boolean isVideo, byte[] packet) {
            (isVideo ? video : audio).send(packet, isVideo ? videoTarget : audioTarget);
        }

        @Override
        public void report(boolean isVideo, byte[] packet) {
            (isVideo ? video : audio).sendReport(packet, isVideo ? videoReports : audioReports);
        }
    }

    @Override
    public void close() {
        Optional<RtpPlayer> last;
        synchronized (this) {
            closed = true;
            last = player;
        }
        last.ifPresent(RtpPlayer::close);
        audio.close();
        video.close();
    }
}
