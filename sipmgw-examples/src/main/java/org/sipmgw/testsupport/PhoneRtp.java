package org.sipmgw.testsupport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import org.sipmgw.media.dtls.DtlsConnection;
import org.sipmgw.media.dtls.DtlsIdentity;

/** The media of one call of a {@link VirtualPhone}: its ports, what it plays and what it has recorded. */
final class PhoneRtp implements AutoCloseable {

    private static final InetSocketAddress NOWHERE = new InetSocketAddress("127.0.0.1", 0);

    private final PhoneMedia media;
    private final RtpPort audio;
    private final RtpPort video;
    private final List<PhoneRepair> repairs;
    private final List<LossyRelay.Path> audioPaths;
    private final List<LossyRelay.Path> videoPaths;
    private volatile InetSocketAddress audioTarget = NOWHERE;
    private volatile InetSocketAddress videoTarget = NOWHERE;
    private volatile InetSocketAddress audioReports = NOWHERE;
    private volatile InetSocketAddress videoReports = NOWHERE;
    private Optional<RtpPlayer> player = Optional.empty();
    private final Optional<PhoneSecurity> audioSecurity;
    private final Optional<PhoneSecurity> videoSecurity;
    private boolean closed;

    /** Through {@code relay} where there is one. */
    PhoneRtp(PhoneMedia media, Optional<LossyRelay> relay) throws IOException {
        this.media = media;
        this.audio = RtpPort.open("phone-audio");
        this.video = RtpPort.open("phone-video");
        this.repairs = media.repair()
                ? List.of(
                        new PhoneRepair(audio, () -> audioTarget, () -> audioReports, false),
                        new PhoneRepair(video, () -> videoTarget, () -> videoReports, true))
                : List.of();
        DtlsIdentity identity = DtlsIdentity.create();
        this.audioSecurity = security(media.encryption(), identity, datagram -> audio.sendPlain(datagram, audioTarget));
        this.videoSecurity = security(media.encryption(), identity, datagram -> video.sendPlain(datagram, videoTarget));
        audioSecurity.ifPresent(audio::secure);
        videoSecurity.ifPresent(video::secure);
        this.audioPaths = relay.isPresent() ? audio.through(relay.get()) : List.of();
        this.videoPaths = relay.isPresent() ? video.through(relay.get()) : List.of();
    }

    private static Optional<PhoneSecurity> security(
            PhoneMedia.Encryption encryption, DtlsIdentity identity, DtlsConnection.Output output) {
        return switch (encryption) {
            case NONE -> Optional.empty();
            case SDES -> Optional.of(new PhoneKeys());
            case DTLS -> Optional.of(new PhoneDtls(identity, output));
        };
    }

    /** The port that others send sound to. */
    int audioPort() {
        return audioPaths.isEmpty() ? audio.port() : audioPaths.get(0).address().getPort();
    }

    /** The port that others send pictures to. */
    int videoPort() {
        return videoPaths.isEmpty() ? video.port() : videoPaths.get(0).address().getPort();
    }

    /** Where to send what is meant for {@code target}. */
    private static InetSocketAddress by(List<LossyRelay.Path> paths, int which, InetSocketAddress target) {
        if (paths.isEmpty()) {
            return target;
        }
        paths.get(which).far(target);
        return paths.get(which).address();
    }

    /** The offer with our keys or certificates, where there are any. */
    String secured(String offer) {
        return audioSecurity.isEmpty() || videoSecurity.isEmpty()
                ? offer
                : PhoneSdp.secured(
                        offer,
                        media.encryption().profile(),
                        audioSecurity.get().attributes(),
                        videoSecurity.get().attributes());
    }

    /** Other keys in the next offer. */
    void renewKeys() {
        audioSecurity.ifPresent(PhoneSecurity::renew);
        videoSecurity.ifPresent(PhoneSecurity::renew);
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

    /** Packets that were resent because the gateway asked. */
    long resent() {
        return repairs.stream().mapToLong(PhoneRepair::resent).sum();
    }

    InetSocketAddress videoReports() {
        return videoReports;
    }

    /** Begins or goes on as the other side's description says. */
    synchronized void configure(String remoteSdp) {
        Optional<PhoneSdp.Line> audioLine = PhoneSdp.read(remoteSdp, "audio");
        Optional<PhoneSdp.Line> videoLine = PhoneSdp.read(remoteSdp, "video");
        int reportPath = audioSecurity.filter(PhoneSecurity::onePort).isPresent() ? 0 : 1;
        audioTarget = by(audioPaths, 0, audioLine.map(PhoneSdp.Line::target).orElse(NOWHERE));
        audioReports =
                by(audioPaths, reportPath, audioLine.map(PhoneSdp.Line::reports).orElse(NOWHERE));
        videoTarget = by(videoPaths, 0, videoLine.map(PhoneSdp.Line::target).orElse(NOWHERE));
        videoReports =
                by(videoPaths, reportPath, videoLine.map(PhoneSdp.Line::reports).orElse(NOWHERE));
        audioSecurity.ifPresent(security -> audioLine.ifPresent(line -> security.answered(line.attributes())));
        videoSecurity.ifPresent(security -> videoLine.ifPresent(line -> security.answered(line.attributes())));
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
            if (!repairs.isEmpty()) {
                repairs.get(isVideo ? 1 : 0).sent(packet);
            }
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
        repairs.forEach(PhoneRepair::close);
        audioSecurity.ifPresent(PhoneSecurity::close);
        videoSecurity.ifPresent(PhoneSecurity::close);
        audio.close();
        video.close();
    }
}
