package org.sipmgw.media.webrtc;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import org.sipmgw.media.ice.IceCandidate;
import org.sipmgw.media.ice.IceCredentials;
import org.sipmgw.sdp.Attribute;
import org.sipmgw.sdp.ConnectionData;
import org.sipmgw.sdp.Direction;
import org.sipmgw.sdp.Fingerprint;
import org.sipmgw.sdp.MediaDescription;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.Origin;
import org.sipmgw.sdp.RtpCodec;
import org.sipmgw.sdp.SessionDescription;

/** Writes this side's descriptions, in the form that browsers read (RFC 8829). */
final class DescriptionWriter {
    private static final Set<String> FORWARDED = Set.of("opus", "g722", "pcmu", "pcma", "h264", "vp8");
    private static final List<String> FEEDBACK = List.of("nack", "nack pli", "ccm fir", "goog-remb");
    private static final String PROTOCOL = "UDP/TLS/RTP/SAVPF";
    private static final ConnectionData ANYWHERE = new ConnectionData("IN", "IP4", "0.0.0.0");

    private final IceCredentials credentials;
    private final List<IceCandidate> candidates;
    private final Fingerprint fingerprint;
    private final String setup;
    private final String cname;

    DescriptionWriter(
            IceCredentials credentials,
            List<IceCandidate> candidates,
            Fingerprint fingerprint,
            String setup,
            String cname) {
        this.credentials = credentials;
        this.candidates = candidates;
        this.fingerprint = fingerprint;
        this.setup = setup;
        this.cname = cname;
    }

    /** An answer to {@code offer}: every format that can be forwarded, so that a change of codec needs no new offer. */
    String answer(SessionDescription offer, List<LocalTrack> tracks) {
        List<LocalTrack> unused = new ArrayList<>(tracks);
        List<MediaDescription> media = new ArrayList<>();
        for (MediaDescription theirs : offer.media()) {
            LocalTrack ours = match(theirs, unused);
            media.add(ours == null ? refusal(theirs) : accepted(offer, theirs, ours));
        }
        return session(media);
    }

    /** An own offer. */
    String offer(List<LocalTrack> tracks) {
        List<MediaDescription> media = new ArrayList<>();
        for (LocalTrack track : tracks) {
            List<Attribute> formats = new ArrayList<>();
            track.codecs().forEach(codec -> describe(codec, track.kind(), formats));
            media.add(section(
                    track,
                    Integer.toString(media.size()),
                    track.direction(),
                    track.codecs().stream().map(RtpCodec::payloadType).toList(),
                    formats));
        }
        return session(media);
    }

    /** A track that sends is used once, one that receives as often as the other side sends. */
    private static @Nullable LocalTrack match(MediaDescription theirs, List<LocalTrack> unused) {
        if (!PeerDescription.accepted(theirs) || forwardable(theirs).isEmpty()) {
            return null;
        }
        Optional<LocalTrack> found =
                unused.stream().filter(track -> track.kind() == theirs.kind()).findFirst();
        found.filter(track -> track.direction().sends()).ifPresent(unused::remove);
        return found.orElse(null);
    }

    private static MediaDescription refusal(MediaDescription theirs) {
        List<Attribute> attributes = new ArrayList<>();
        theirs.attribute("mid").ifPresent(mid -> attributes.add(Attribute.of("mid", mid)));
        attributes.add(Attribute.of(Direction.INACTIVE));
        return MediaDescription.of(theirs.media(), 0, theirs.protocol(), theirs.formats(), attributes)
                .withConnections(List.of(ANYWHERE));
    }

    private MediaDescription accepted(SessionDescription offer, MediaDescription theirs, LocalTrack ours) {
        List<Integer> payloadTypes = forwardable(theirs);
        Set<String> wanted = payloadTypes.stream().map(String::valueOf).collect(Collectors.toSet());
        // formats are repeated as the browser wrote them: it compares them with its own
        List<Attribute> formats = theirs.attributes().stream()
                .filter(attribute -> {
                    String[] words = attribute.text().split(" ", 2);
                    return wanted.contains(words[0])
                            && (attribute.is("rtpmap")
                                    || attribute.is("fmtp")
                                    || (attribute.is("rtcp-fb") && FEEDBACK.contains(words[1])));
                })
                .toList();
        Direction direction = ours.direction().and(offer.direction(theirs).reversed());
        return section(ours, theirs.attribute("mid").orElse(""), direction, payloadTypes, formats);
    }

    private static List<Integer> forwardable(MediaDescription media) {
        return media.codecs().stream()
                .filter(codec -> FORWARDED.contains(codec.name().toLowerCase(Locale.ROOT)))
                .map(RtpCodec::payloadType)
                .toList();
    }

    private static void describe(RtpCodec codec, MediaKind kind, List<Attribute> out) {
        String type = codec.payloadType() + " ";
        String channels = codec.channels() > 1 ? "/" + codec.channels() : "";
        out.add(Attribute.of("rtpmap", type + codec.name() + "/" + codec.clockRateHz() + channels));
        if (!codec.parameters().isEmpty()) {
            out.add(Attribute.of(
                    "fmtp",
                    type
                            + codec.parameters().entrySet().stream()
                                    .map(entry -> entry.getKey() + "=" + entry.getValue())
                                    .collect(Collectors.joining(";"))));
        }
        if (kind == MediaKind.VIDEO) {
            FEEDBACK.forEach(feedback -> out.add(Attribute.of("rtcp-fb", type + feedback)));
        }
    }

    private MediaDescription section(
            LocalTrack track, String mid, Direction direction, List<Integer> payloadTypes, List<Attribute> formats) {
        String kind = track.kind() == MediaKind.AUDIO ? "audio" : "video";
        List<Attribute> attributes = new ArrayList<>();
        attributes.add(Attribute.of("mid", mid));
        attributes.add(Attribute.of("ice-ufrag", credentials.ufrag()));
        attributes.add(Attribute.of("ice-pwd", credentials.password()));
        attributes.add(Attribute.of("fingerprint", fingerprint.toString()));
        attributes.add(Attribute.of("setup", setup));
        attributes.add(Attribute.of(direction));
        attributes.add(Attribute.of("rtcp-mux"));
        attributes.addAll(formats);
        if (direction.sends()) {
            // one stream for both tracks: the browser keeps their lips in sync
            attributes.add(Attribute.of("msid", "room room-" + kind));
            attributes.add(Attribute.of("ssrc", Integer.toUnsignedString(track.ssrc()) + " cname:" + cname));
        }
        candidates.forEach(candidate -> attributes.add(Attribute.of("candidate", candidate.value())));
        attributes.add(Attribute.of("end-of-candidates"));
        return MediaDescription.of(
                        kind,
                        9,
                        PROTOCOL,
                        payloadTypes.stream().map(String::valueOf).toList(),
                        attributes)
                .withConnections(List.of(ANYWHERE));
    }

    private static String session(List<MediaDescription> media) {
        String bundled = media.stream()
                .filter(section -> !section.refused())
                .map(section -> section.attribute("mid").orElse(""))
                .collect(Collectors.joining(" "));
        return SessionDescription.of(
                        new Origin("-", "1", "1", ConnectionData.of(InetAddress.getLoopbackAddress())),
                        Optional.empty(),
                        List.of(Attribute.of("group", "BUNDLE " + bundled), Attribute.of("msid-semantic", "WMS room")),
                        media)
                .text();
    }
}
