package org.sipmgw.media.webrtc;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.sipmgw.media.ice.IceCandidate;
import org.sipmgw.media.ice.IceCredentials;
import org.sipmgw.sdp.Fingerprint;
import org.sipmgw.sdp.MediaDescription;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.SdpException;
import org.sipmgw.sdp.SessionDescription;

/**
 * What the description of the other side says: one transport for all media (RFC 8843), ICE, DTLS.
 *
 * @param credentials its ICE credentials
 * @param candidates the candidates this side can use; none where the browser hides its addresses
 * @param fingerprint of its certificate
 * @param setup its DTLS role: {@code active}, {@code passive} or {@code actpass} (RFC 8842)
 * @param session the whole of it
 */
public record PeerDescription(
        IceCredentials credentials,
        List<IceCandidate> candidates,
        Fingerprint fingerprint,
        String setup,
        SessionDescription session) {

    /**
     * Reads a description.
     *
     * @throws IllegalArgumentException when it lacks what a connection needs
     */
    public static PeerDescription parse(String sdp) {
        SessionDescription session;
        try {
            session = SessionDescription.parse(sdp);
        } catch (SdpException e) {
            throw new IllegalArgumentException(e.getMessage(), e);
        }
        if (session.media().isEmpty()) {
            throw new IllegalArgumentException("no media section");
        }
        return new PeerDescription(
                new IceCredentials(needed(session, "ice-ufrag"), needed(session, "ice-pwd")),
                session.media().stream()
                        .flatMap(media -> media.values("candidate"))
                        .map(IceCandidate::parse)
                        .flatMap(Optional::stream)
                        .distinct()
                        .toList(),
                Fingerprint.parse(needed(session, "fingerprint")),
                needed(session, "setup"),
                session);
    }

    /** The first section of that kind that is not refused. */
    public Optional<MediaDescription> first(MediaKind kind) {
        return session.media().stream()
                .filter(media -> media.kind() == kind && accepted(media))
                .findFirst();
    }

    /** Whether a section is to be used: port 0 does not refuse it where it is bundled only (RFC 8843). */
    static boolean accepted(MediaDescription media) {
        return !media.refused() || media.has("bundle-only");
    }

    private static String needed(SessionDescription session, String attribute) {
        Stream<String> onLines = session.media().stream().flatMap(media -> media.values(attribute));
        return Stream.concat(session.attribute(attribute).stream(), onLines)
                .map(String::trim)
                .filter(value -> !value.isEmpty())
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no a=" + attribute));
    }
}
