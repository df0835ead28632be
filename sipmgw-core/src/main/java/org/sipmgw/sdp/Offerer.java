package org.sipmgw.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Writes our offers, the first one and later ones (RFC 3264 sections 5 and 8), and reads the answers to them. Holds
 * nothing between two calls.
 */
final class Offerer {

    private static final List<String> FEEDBACK =
            List.of("* nack", "* nack pli", "* ccm fir", "* ccm tmmbr", "* transport-cc");

    private final LocalLines local;

    Offerer(LocalLines local) {
        this.local = local;
    }

    /**
     * All that we can. After an earlier exchange the lines keep their places and payload types their meaning.
     *
     * @param ours our media lines of the earlier exchange, else empty
     * @param theirs those of the other side, as many
     * @param inForce what was agreed on
     */
    List<MediaDescription> offer(
            List<MediaDescription> ours, List<MediaDescription> theirs, List<NegotiatedStream> inForce) {
        List<MediaDescription> lines = new ArrayList<>();
        ours.forEach(line -> lines.add(LocalLines.refused(line)));
        for (MediaKind kind : List.of(MediaKind.AUDIO, MediaKind.VIDEO)) {
            if (local.codecs(kind).isEmpty() || local.media().rtpPort(kind) == 0) {
                continue;
            }
            int place = place(kind, ours, theirs);
            if (place == ours.size()) {
                line(kind, Optional.empty(), Optional.empty(), Optional.empty()).ifPresent(lines::add);
            } else {
                MediaDescription before = ours.get(place);
                line(kind, Optional.of(before), Optional.of(theirs.get(place)), Streams.security(inForce, place))
                        .ifPresent(line -> lines.set(place, line));
            }
        }
        return lines;
    }

    /** The active line of {@code kind}, else a refused one for RTP, else a new one at the end. */
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
            boolean rtp = RtpProfile.of(ours.get(i).protocol()).isPresent();
            if (rtp && !LineCheck.slides(theirs.get(i))) {
                return i;
            }
        }
        return ours.size();
    }

    /** Empty where encryption is required and the engine has none. */
    private Optional<MediaDescription> line(
            MediaKind kind,
            Optional<MediaDescription> before,
            Optional<MediaDescription> theirs,
            Optional<MediaSecurity> inForce) {
        SecurityTerms terms = local.security();
        List<Attribute> security = inForce.isPresent() && before.isPresent()
                ? terms.offeredAgain(inForce.get(), before.get())
                : terms.offered();
        if (terms.required() && security.isEmpty()) {
            return Optional.empty();
        }
        String protocol =
                inForce.isPresent() && before.isPresent() ? before.get().protocol() : terms.protocol();
        List<MediaDescription> lines =
                Stream.concat(before.stream(), theirs.stream()).toList();
        List<RtpCodec> known =
                lines.stream().flatMap(line -> line.codecs().stream()).toList();
        List<RtpCodec> codecs = new ArrayList<>();
        for (RtpCodec own : local.codecs(kind)) {
            codecs.add(declared(own, PayloadTypes.assign(own, known, codecs)));
        }
        List<Attribute> attributes = new ArrayList<>();
        if (kind == MediaKind.VIDEO) {
            codecs.addAll(Retransmission.offered(List.copyOf(codecs), known));
            FEEDBACK.forEach(value -> attributes.add(Attribute.of("rtcp-fb", value)));
            attributes.add(TransportSequence.offered(lines));
        } else {
            attributes.add(Attribute.of(
                    "ptime", Integer.toString(local.terms().packetTimeMs().orElse(20))));
        }
        local.media().rtcpAttribute(kind).ifPresent(attributes::add);
        if (local.terms().rtcpMux()) {
            attributes.add(Attribute.of("rtcp-mux"));
        }
        before.flatMap(line -> line.attribute("mid")).ifPresent(value -> attributes.add(Attribute.of("mid", value)));
        attributes.add(Attribute.of(Direction.SENDRECV));
        attributes.addAll(security);
        attributes.addAll(ice(kind, before));
        return Optional.of(local.active(kind, protocol, codecs, attributes));
    }

    /** The credentials stay: another offer of ours is no restart. */
    private List<Attribute> ice(MediaKind kind, Optional<MediaDescription> before) {
        List<IceCandidate> candidates = local.media().candidates(kind);
        Optional<String> ufrag = before.flatMap(line -> line.attribute("ice-ufrag"));
        Optional<String> password = before.flatMap(line -> line.attribute("ice-pwd"));
        if (candidates.isEmpty() || (!local.media().offersIce() && ufrag.isEmpty())) {
            return List.of();
        }
        IceDescription ours = ufrag.isPresent() && password.isPresent()
                ? new IceDescription(ufrag.get(), password.get(), candidates, false)
                : IceDescription.fresh(candidates);
        return ours.attributes(false);
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
    Exchange accept(SessionDescription offer, SessionDescription answer, List<NegotiatedStream> inForce)
            throws NegotiationException {
        List<NegotiatedStream> streams = new ArrayList<>();
        if (answer.media().size() != offer.media().size()) {
            throw new NegotiationException(
                    Refusal.MISCELLANEOUS, "answer has another number of media lines than the offer");
        }
        for (int i = 0; i < answer.media().size(); i++) {
            RemoteLine remote = RemoteLine.of(answer, i, local.terms());
            MediaDescription ours = offer.media().get(i);
            if (!remote.line().media().equals(ours.media())) {
                throw new NegotiationException(
                        Refusal.MISCELLANEOUS, "answer has media of another type in line " + (i + 1));
            }
            if (!remote.line().refused() && !ours.refused()) {
                streams.add(stream(remote, ours, Streams.security(inForce, i), Streams.ice(inForce, i)));
            }
        }
        return new Exchange(offer.media(), streams);
    }

    private NegotiatedStream stream(
            RemoteLine remote, MediaDescription ours, Optional<MediaSecurity> inForce, Optional<IceSession> iceInForce)
            throws NegotiationException {
        Optional<Refusal> obstacle =
                LineCheck.obstacle(remote, local.media().statedRtp(ours.kind()).getAddress());
        if (obstacle.isPresent()) {
            throw new NegotiationException(obstacle.get());
        }
        MediaSecurity security = SecurityChoice.accept(remote, ours, local.security(), inForce)
                .orElseThrow(() -> new NegotiationException(SecurityChoice.refusal(remote, local.security())));
        List<RtpCodec> offered = ours.codecs();
        RtpCodec codec = remote.codecs().stream()
                .filter(answered -> !answered.is(CodecChoice.TELEPHONE_EVENT) && !Retransmission.is(answered))
                .filter(answered -> CodecChoice.matching(answered, offered).isPresent())
                .findFirst()
                .orElseThrow(() -> new NegotiationException(
                        Refusal.INCOMPATIBLE_FORMAT, "answer has no codec of the offer for " + ours.media()));
        // digits come with the payload type of our offer, also where the answer names another one
        Optional<RtpCodec> event = CodecChoice.telephoneEvent(remote.codecs(), codec)
                .flatMap(answered -> CodecChoice.telephoneEvent(offered, answered));
        Direction direction = remote.ourDirection().and(ours.statedDirection().orElse(Direction.SENDRECV));
        RtpOptions options = options(remote, ours, codec)
                .withIce(IceSession.accept(remote, ours, local.media().candidates(ours.kind()), iceInForce));
        return Streams.of(remote, remote.address().orElseThrow(), direction, codec, event, security, options);
    }

    private static RtpOptions options(RemoteLine remote, MediaDescription ours, RtpCodec codec) {
        if (remote.line().kind() != MediaKind.VIDEO) {
            return RtpOptions.none();
        }
        boolean resent = remote.feedback(codec.payloadType()).contains(RtcpFeedback.NACK);
        OptionalInt rtx = resent ? Retransmission.agreed(codec, ours.codecs(), remote.codecs()) : OptionalInt.empty();
        OptionalInt sequence = remote.transportSequence(codec.payloadType());
        boolean same = sequence.equals(TransportSequence.id(ours));
        return new RtpOptions(rtx).withTransportSequence(same ? sequence : OptionalInt.empty());
    }
}
