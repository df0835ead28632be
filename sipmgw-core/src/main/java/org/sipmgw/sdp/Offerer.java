package org.sipmgw.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes our offers, the first one and later ones (RFC 3264 sections 5 and 8), and reads the answers to them. Holds
 * nothing between two calls.
 */
final class Offerer {

    private static final List<String> FEEDBACK = List.of("* nack", "* nack pli", "* ccm fir", "* ccm tmmbr");

    private final LocalLines local;

    Offerer(LocalLines local) {
        this.local = local;
    }

    /**
     * All that we can. After an earlier exchange the lines keep their places and payload types their meaning.
     *
     * @param ours our media lines of the earlier exchange, else empty
     * @param theirs those of the other side, as many
     */
    List<MediaDescription> offer(List<MediaDescription> ours, List<MediaDescription> theirs) {
        List<MediaDescription> lines = new ArrayList<>();
        ours.forEach(line -> lines.add(LocalLines.refused(line)));
        for (MediaKind kind : List.of(MediaKind.AUDIO, MediaKind.VIDEO)) {
            if (local.codecs(kind).isEmpty() || local.media().rtpPort(kind) == 0) {
                continue;
            }
            int place = place(kind, ours, theirs);
            if (place == ours.size()) {
                lines.add(line(kind, "RTP/AVP", List.of(), Optional.empty()));
            } else {
                MediaDescription before = ours.get(place);
                List<RtpCodec> known = Stream.concat(before.codecs().stream(), theirs.get(place).codecs().stream())
                        .toList();
                lines.set(place, line(kind, before.protocol(), known, before.attribute("mid")));
            }
        }
        return lines;
    }

    /** The active line of {@code kind}, else a refused one for plain RTP, else a new one at the end. */
    private static int place(MediaKind kind, List<MediaDescription> ours, List<MediaDescription> theirs) {
        int[] places = IntStream.range(0, ours.size())
                .filter(i -> ours.get(i).kind() == kind)
                .toArray();
        for (int i : places) {
            if (!ours.get(i).refused()) {
                return i;
            }
        }
        for (int i : places) {
            boolean plain = ours.get(i).protocol().startsWith("RTP/AVP");
            if (plain && !LineCheck.slides(theirs.get(i))) {
                return i;
            }
        }
        return ours.size();
    }

    private MediaDescription line(MediaKind kind, String protocol, List<RtpCodec> known, Optional<String> mid) {
        List<RtpCodec> codecs = new ArrayList<>();
        for (RtpCodec own : local.codecs(kind)) {
            codecs.add(declared(own, PayloadTypes.assign(own, known, codecs)));
        }
        List<Attribute> attributes = new ArrayList<>();
        if (kind == MediaKind.VIDEO) {
            FEEDBACK.forEach(value -> attributes.add(Attribute.of("rtcp-fb", value)));
        } else {
            attributes.add(Attribute.of("ptime", "20"));
        }
        attributes.add(Attribute.of("rtcp-mux"));
        mid.ifPresent(value -> attributes.add(Attribute.of("mid", value)));
        attributes.add(Attribute.of(Direction.SENDRECV));
        return local.active(kind, protocol, codecs, attributes);
    }

    private RtpCodec declared(RtpCodec own, RtpCodec assigned) {
        if (!own.is("H264")) {
            return local.declared(assigned, own);
        }
        Optional<H264Format> format = H264Format.of(assigned.parameters()).map(H264Format::withLevelAsymmetry);
        return local.declared(
                format.map(found -> assigned.withParameters(found.parameters())).orElse(assigned), own);
    }

    /** Reads the answer to {@code offer}. */
    Exchange accept(SessionDescription offer, SessionDescription answer) throws NegotiationException {
        List<NegotiatedStream> streams = new ArrayList<>();
        if (answer.media().size() != offer.media().size()) {
            throw new NegotiationException(
                    Refusal.MISCELLANEOUS, "answer has another number of media lines than the offer");
        }
        for (int i = 0; i < answer.media().size(); i++) {
            RemoteLine remote = RemoteLine.of(answer, i);
            MediaDescription ours = offer.media().get(i);
            if (!remote.line().media().equals(ours.media())) {
                throw new NegotiationException(
                        Refusal.MISCELLANEOUS, "answer has media of another type in line " + (i + 1));
            }
            if (!remote.line().refused() && !ours.refused()) {
                streams.add(stream(remote, ours));
            }
        }
        return new Exchange(offer.media(), streams);
    }

    private NegotiatedStream stream(RemoteLine remote, MediaDescription ours) throws NegotiationException {
        Optional<Refusal> obstacle = LineCheck.obstacle(remote, local.media().address());
        if (obstacle.isPresent()) {
            throw new NegotiationException(obstacle.get());
        }
        List<RtpCodec> offered = ours.codecs();
        RtpCodec codec = remote.codecs().stream()
                .filter(answered -> !answered.is(CodecChoice.TELEPHONE_EVENT))
                .filter(answered -> CodecChoice.matching(answered, offered).isPresent())
                .findFirst()
                .orElseThrow(() -> new NegotiationException(
                        Refusal.INCOMPATIBLE_FORMAT, "answer has no codec of the offer for " + ours.media()));
        // digits come with the payload type of our offer, also where the answer names another one
        Optional<RtpCodec> event = CodecChoice.telephoneEvent(remote.codecs(), codec)
                .flatMap(answered -> CodecChoice.telephoneEvent(offered, answered));
        Direction direction = remote.ourDirection().and(ours.statedDirection().orElse(Direction.SENDRECV));
        return Streams.of(remote, remote.address().orElseThrow(), direction, codec, event, RtpOptions.none());
    }
}
