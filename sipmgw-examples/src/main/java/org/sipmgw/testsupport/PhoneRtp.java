package org.sipmgw.testsupport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;

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
    private final Optional<PhoneKeys> audioKeys;
    private final Optional<PhoneKeys> videoKeys;
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
        this.audioKeys = media.encrypted() ? Optional.of(new PhoneKeys()) : Optional.empty();
        this.videoKeys = media.encrypted() ? Optional.of(new PhoneKeys()) : Optional.empty();
        audioKeys.ifPresent(audio::keys);
        videoKeys.ifPresent(video::keys);
        this.audioPaths = relay.isPresent() ? audio.through(relay.get()) : List.of();
        this.videoPaths = relay.isPresent() ? video.through(relay.get()) : List.of();
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

    /** The offer with our keys, where there are any. */
    String secured(String offer) {
        return audioKeys.isEmpty() || videoKeys.isEmpty()
                ? offer
                : PhoneSdp.secured(
                        offer, audioKeys.get().attribute(), videoKeys.get().attribute());
    }

    /** Other keys in the next offer. */
    void renewKeys() {
        audioKeys.ifPresent(PhoneKeys::renew);
        videoKeys.ifPresent(PhoneKeys::renew);
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
        audioTarget = by(audioPaths, 0, audioLine.map(PhoneSdp.Line::target).orElse(NOWHERE));
        audioReports = by(audioPaths, 1, audioLine.map(PhoneSdp.Line::reports).orElse(NOWHERE));
        videoTarget = by(videoPaths, 0, videoLine.map(PhoneSdp.Line::target).orElse(NOWHERE));
        videoReports = by(videoPaths, 1, videoLine.map(PhoneSdp.Line::reports).orElse(NOWHERE));
        audioKeys.ifPresent(keys -> audioLine.ifPresent(line -> keys.answered(line.attributes())));
        videoKeys.ifPresent(keys -> videoLine.ifPresent(line -> keys.answered(line.attributes())));
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
        audio.close();
        video.close();
    }
}
