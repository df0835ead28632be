package org.sipmgw.testsupport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sipmgw.media.dtls.DtlsIdentity;

/** The media of one call of a {@link VirtualPhone}: its lines, what it plays and what it has recorded. */
final class PhoneRtp implements AutoCloseable {

    private final PhoneMedia media;
    private final PhoneLine audio;
    private final PhoneLine video;
    private Optional<RtpPlayer> player = Optional.empty();
    private boolean closed;

    /** Through {@code network} where there is one. */
    PhoneRtp(PhoneMedia media, Optional<LossyRelay> network) throws IOException {
        if (network.isPresent() && media.ice() != PhoneMedia.Ice.NONE) {
            throw new IllegalArgumentException("ICE would see the network between");
        }
        this.media = media;
        DtlsIdentity identity = DtlsIdentity.create();
        this.audio = new PhoneLine(media, false, identity, network);
        this.video = new PhoneLine(media, true, identity, network);
    }

    /** Our offer. */
    String offer(String direction, int version) {
        String offer = PhoneSdp.offer(media, audio.number(), video.number(), direction, version)
                .replace("RTP/AVP ", media.encryption().profile() + " ");
        return PhoneSdp.with(session(offer), audio.offered(), video.offered());
    }

    /** Our answer. */
    String answer(String offer, int version) {
        String answer = PhoneSdp.answer(media, offer, audio.number(), video.number(), version);
        return offer.contains("a=ice-ufrag:") ? PhoneSdp.with(session(answer), audio.found(), video.found()) : answer;
    }

    private String session(String description) {
        return media.ice() == PhoneMedia.Ice.LITE
                ? description.replaceFirst("(t=[^\\r]*\\r\\n)", "$1a=ice-lite\r\n")
                : description;
    }

    /** Other keys in the next offer. */
    void renewKeys() {
        audio.renewKeys();
        video.renewKeys();
    }

    /** ICE anew in the next offer. */
    void restartIce() {
        audio.restartIce();
        video.restartIce();
    }

    RtpPort audio() {
        return audio.port();
    }

    RtpPort video() {
        return video.port();
    }

    synchronized Optional<RtpPlayer> player() {
        return player;
    }

    /** Packets that were resent because the gateway asked. */
    long resent() {
        return Stream.of(audio, video)
                .flatMap(line -> line.repair().stream())
                .mapToLong(PhoneRepair::resent)
                .sum();
    }

    InetSocketAddress videoReports() {
        return video.reports();
    }

    /** Where the gateway's sound and picture are; port 0 while that is not known. */
    List<InetSocketAddress> targets() {
        return List.of(audio.target(), video.target());
    }

    /** What ICE could not do. */
    List<String> iceFailures() {
        return Stream.of(audio, video).flatMap(line -> line.failures().stream()).toList();
    }

    /** Begins or goes on as the other side's description says; {@code offered} tells whether the offer was ours. */
    synchronized void configure(String remoteSdp, boolean offered) {
        Optional<PhoneSdp.Line> audioLine = PhoneSdp.read(remoteSdp, "audio");
        Optional<PhoneSdp.Line> videoLine = PhoneSdp.read(remoteSdp, "video");
        audioLine.ifPresentOrElse(line -> audio.described(line, offered), audio::refused);
        videoLine.ifPresentOrElse(line -> video.described(line, offered), video::refused);
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
            PhoneLine line = isVideo ? video : audio;
            line.repair().ifPresent(repair -> repair.sent(packet));
            line.port().send(packet, line.target());
        }

        @Override
        public void report(boolean isVideo, byte[] packet) {
            PhoneLine line = isVideo ? video : audio;
            line.port().sendReport(packet, line.reports());
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
