package org.sipmgw.sdp;

import java.net.InetAddress;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;

/** Answers an offer line by line (RFC 3264 section 6). Holds nothing between two calls. */
final class Answerer {

    private final LocalLines local;

    Answerer(LocalLines local) {
        this.local = local;
    }

    /** @param inForce what was agreed before */
    Exchange answer(SessionDescription offer, List<NegotiatedStream> inForce) throws NegotiationException {
        List<MediaDescription> lines = new ArrayList<>();
        List<NegotiatedStream> streams = new ArrayList<>();
        List<Refusal> refusals = new ArrayList<>();
        Set<MediaKind> taken = EnumSet.noneOf(MediaKind.class);
        for (MediaDescription line : offer.media()) {
            RemoteLine remote = RemoteLine.of(offer, lines.size(), local.terms());
            Optional<RtpCodec> codec = CodecChoice.choose(remote.codecs(), local.codecs(line.kind()));
            Optional<Refusal> refusal = line.refused() ? Optional.empty() : refusal(remote, codec, taken);
            Optional<SecurityChoice> security = Optional.empty();
            if (!line.refused() && refusal.isEmpty()) {
                security = SecurityChoice.answer(remote, local.security(), Streams.security(inForce, lines.size()));
                if (security.isEmpty()) {
                    refusal = Optional.of(SecurityChoice.refusal(remote, local.security()));
                }
            }
            if (codec.isEmpty() || security.isEmpty()) {
                refusal.ifPresent(refusals::add);
                lines.add(LocalLines.refused(line));
            } else {
                taken.add(line.kind());
                IceSession.Answer ice = IceSession.answer(
                        remote, local.media().candidates(line.kind()), Streams.ice(inForce, lines.size()));
                accept(remote, codec.get(), security.get(), ice, new Exchange(lines, streams));
            }
        }
        if (streams.isEmpty() && !refusals.isEmpty()) {
            throw new NegotiationException(mostTelling(refusals));
        }
        return new Exchange(lines, streams);
    }

    private Optional<Refusal> refusal(RemoteLine remote, Optional<RtpCodec> codec, Set<MediaKind> taken) {
        MediaDescription line = remote.line();
        Optional<Refusal> obstacle =
                LineCheck.obstacle(remote, local.media().statedRtp(line.kind()).getAddress());
        if (obstacle.isPresent()) {
            return obstacle;
        }
        if (taken.contains(line.kind()) || local.media().rtpPort(line.kind()) == 0) {
            return Optional.of(
                    new Refusal(Refusal.MEDIA_TYPE_NOT_AVAILABLE, "no further stream of type " + line.media()));
        }
        if (codec.isEmpty()) {
            return Optional.of(new Refusal(Refusal.INCOMPATIBLE_FORMAT, "no common codec for " + line.media()));
        }
        return Optional.empty();
    }

    /** That of the first audio or video line, else the first. */
    private static Refusal mostTelling(List<Refusal> refusals) {
        return refusals.stream()
                .filter(refusal -> refusal.warningCode() != Refusal.MEDIA_TYPE_NOT_AVAILABLE)
                .findFirst()
                .orElse(refusals.get(0));
    }

    private void accept(
            RemoteLine remote, RtpCodec codec, SecurityChoice security, IceSession.Answer ice, Exchange exchange) {
        MediaKind kind = remote.line().kind();
        List<RtpCodec> ours = local.codecs(kind);
        Direction direction = remote.ourDirection();
        List<RtpCodec> declared = new ArrayList<>();
        CodecChoice.matching(codec, ours).ifPresent(own -> declared.add(local.declared(codec, own)));
        Optional<RtpCodec> event = Optional.empty();
        Optional<RtpCodec> ownEvent = CodecChoice.telephoneEvent(ours, codec);
        if (ownEvent.isPresent()) {
            event = CodecChoice.telephoneEvent(remote.codecs(), codec);
            event.ifPresent(format -> declared.add(local.declared(format, ownEvent.get())));
        }
        Optional<RtpCodec> rtx =
                kind == MediaKind.VIDEO && remote.feedback(codec.payloadType()).contains(RtcpFeedback.NACK)
                        ? Retransmission.of(codec, remote.codecs())
                        : Optional.empty();
        rtx.ifPresent(declared::add);
        List<RtpCodec> parity = kind == MediaKind.VIDEO ? ParityFormats.of(remote.codecs()) : List.of();
        declared.addAll(parity);
        List<Attribute> attributes = attributes(remote, codec, direction);
        if (!remote.mux()) {
            local.media().rtcpAttribute(kind).ifPresent(attributes::add);
        }
        attributes.addAll(security.attributes());
        attributes.addAll(ice.attributes());
        exchange.lines().add(local.active(kind, remote.line().protocol(), declared, attributes));
        InetAddress address = remote.address().orElseThrow();
        RtpOptions options = rtx.map(format -> new RtpOptions(OptionalInt.of(format.payloadType())))
                .orElse(RtpOptions.none())
                .withTransportSequence(
                        kind == MediaKind.VIDEO ? remote.transportSequence(codec.payloadType()) : OptionalInt.empty())
                .withParity(ParityFormats.agreed(parity));
        exchange.streams()
                .add(Streams.of(
                        remote, address, direction, codec, event, security.security(), options.withIce(ice.session())));
    }

    private List<Attribute> attributes(RemoteLine remote, RtpCodec codec, Direction direction) {
        MediaDescription line = remote.line();
        List<Attribute> attributes = new ArrayList<>();
        if (line.kind() == MediaKind.VIDEO) {
            remote.feedbackLines(codec.payloadType()).forEach(value -> attributes.add(Attribute.of("rtcp-fb", value)));
            remote.transportSequence(codec.payloadType())
                    .ifPresent(id -> attributes.add(TransportSequence.attribute(id)));
        } else {
            attributes.add(Attribute.of(
                    "ptime", Integer.toString(local.terms().packetTimeMs().orElse(remote.packetTimeMs()))));
        }
        if (remote.mux()) {
            attributes.add(Attribute.of("rtcp-mux"));
        }
        if (line.values("content").anyMatch("main"::equals)) {
            attributes.add(Attribute.of("content", "main"));
        }
        line.attribute("mid").ifPresent(mid -> attributes.add(Attribute.of("mid", mid)));
        attributes.add(Attribute.of(direction));
        return attributes;
    }
}
