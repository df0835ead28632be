package org.sipmgw.roomsystem;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import org.sipmgw.sdp.LocalMedia;
import org.sipmgw.sdp.MediaCapabilities;
import org.sipmgw.sdp.MediaDescription;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.NegotiationException;
import org.sipmgw.sdp.Negotiator;
import org.sipmgw.sdp.RtpCodec;
import org.sipmgw.sdp.SdpException;
import org.sipmgw.sdp.SessionDescription;
import org.sipmgw.sdp.VideoLimits;

/** A room system as its session description shows it, and the spellings in which such devices hold. */
record RoomSystem(String name, String offer) {

    static RoomSystem named(String name) {
        try (InputStream in = Objects.requireNonNull(
                RoomSystem.class.getResourceAsStream("/org/sipmgw/sdp/golden/" + name + ".sdp"), name)) {
            return new RoomSystem(name, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    SessionDescription description() throws SdpException {
        return SessionDescription.parse(offer);
    }

    /** All lines with another direction. */
    String directed(String direction, int version) {
        String audioAndVideo = changed(version).replaceAll("(?m)^a=(sendrecv|sendonly|recvonly|inactive)\r\n", "");
        return audioAndVideo.replaceAll(
                "(?m)^(m=(?:audio|video) .*\r\n)((?:[ic]=.*\r\n)?(?:b=.*\r\n)*)", "$1$2a=" + direction + "\r\n");
    }

    /** RFC 2543's hold: no address. */
    String withoutAddress(int version) {
        return changed(version).replaceAll("(?m)^c=IN IP4 .*$", "c=IN IP4 0.0.0.0");
    }

    /** Media taken away: port 0 in every line. */
    String withoutPorts(int version) {
        return changed(version).replaceAll("(?m)^m=(\\w+) \\d+ ", "m=$1 0 ");
    }

    /** The same in a later version. */
    String changed(int version) {
        return offer.replaceAll("(?m)^(o=\\S+ \\S+) \\S+ ", "$1 " + (900 + version) + " ");
    }

    /** How the device answers an offer of the gateway: with what its own offer shows. */
    String answerTo(String theirs) throws SdpException, NegotiationException {
        SessionDescription own = description();
        MediaCapabilities can = new MediaCapabilities(
                codecs(own, MediaKind.AUDIO), codecs(own, MediaKind.VIDEO), new VideoLimits(1920, 1080, 30, 6_000_000));
        return new Negotiator(new LocalMedia(address(), 22_000, 22_002), can, 77)
                .answer(SessionDescription.parse(theirs))
                .local()
                .text();
    }

    private static List<RtpCodec> codecs(SessionDescription own, MediaKind kind) {
        return own.media().stream()
                .filter(line -> line.kind() == kind)
                .findFirst()
                .map(MediaDescription::codecs)
                .orElse(List.of());
    }

    private static InetAddress address() {
        try {
            return InetAddress.getByName("192.0.2.77");
        } catch (UnknownHostException e) {
            throw new IllegalStateException(e);
        }
    }
}
