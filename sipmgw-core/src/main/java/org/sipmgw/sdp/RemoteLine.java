package org.sipmgw.sdp;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What the other side says on one media line, its session-level lines included.
 *
 * @param index position of the line
 * @param session the whole description
 * @param line the line
 * @param codecs the line's payload formats, read once
 * @param terms what we want
 */
record RemoteLine(int index, SessionDescription session, MediaDescription line, List<RtpCodec> codecs, RtpTerms terms) {

    private static final Pattern SPACES = Pattern.compile(" +");
    /** What limits media; RS and RR limit RTCP only (RFC 3556). */
    private static final Set<String> BANDWIDTHS = Set.of(Bandwidth.AS, Bandwidth.TIAS, "CT");

    private static final int MAX_PORT = 65_535;
    private static final int DEFAULT_PACKET_TIME_MS = 20;
    /** Payload bytes of a full packet beside those with IP, UDP and RTP headers: what b=AS counts more than b=TIAS. */
    private static final double PAYLOAD_SHARE = 1200.0 / 1240.0;

    /** The line at {@code index} of {@code session}. */
    static RemoteLine of(SessionDescription session, int index, RtpTerms terms) {
        MediaDescription line = session.media().get(index);
        return new RemoteLine(index, session, line, line.refused() ? List.of() : line.codecs(), terms);
    }

    Optional<InetAddress> address() {
        Optional<InetAddress> stated = session.connection(line)
                .flatMap(ConnectionData::literal)
                .filter(address -> !address.isMulticastAddress());
        return stated.map(
                address -> address.isAnyLocalAddress() && trickles() ? IceDescription.found(this, address) : address);
    }

    /** No address yet, because candidates come later (RFC 8840 section 4.1.1): that is no hold. */
    private boolean trickles() {
        return line.port() == IceDescription.DISCARD_PORT
                && session.attribute(line, "ice-ufrag").isPresent();
    }

    boolean held() {
        return address().filter(InetAddress::isAnyLocalAddress).isPresent();
    }

    /** The direction as our side sees it: what the other side, and its b=0 and c=0.0.0.0, let us do. */
    Direction ourDirection() {
        Direction reversed = session.direction(line).reversed();
        return held() || bandwidthIsZero() ? reversed.and(Direction.RECVONLY) : reversed;
    }

    private boolean bandwidthIsZero() {
        List<Bandwidth> media = line.bandwidths().stream()
                .filter(any -> BANDWIDTHS.contains(any.type()))
                .toList();
        return !media.isEmpty() && media.stream().allMatch(bandwidth -> bandwidth.value() == 0);
    }

    /** Whether one port is agreed on, where we offer it. */
    boolean mux() {
        return terms.rtcpMux() && line.has("rtcp-mux");
    }

    InetSocketAddress rtp(InetAddress address) {
        return new InetSocketAddress(address, line.port());
    }

    /** RFC 3605, else the next port (RFC 3550 section 11). */
    InetSocketAddress rtcp(InetAddress address, boolean mux) {
        if (mux) {
            return rtp(address);
        }
        String[] fields = SPACES.split(line.attribute("rtcp").orElse("").strip(), -1);
        OptionalInt port = PayloadFormats.number(fields[0], MAX_PORT);
        if (port.isEmpty() || port.getAsInt() == 0) {
            return new InetSocketAddress(address, Math.min(line.port() + 1, MAX_PORT));
        }
        InetAddress other = fields.length == 4
                ? ConnectionData.literal(fields[3], fields[2]).orElse(address)
                : address;
        boolean usable = other.getClass() == address.getClass() && !other.isMulticastAddress();
        return new InetSocketAddress(usable ? other : address, port.getAsInt());
    }

    /** What the other side accepts as feedback for {@code payloadType}, in its own form: the attribute values. */
    List<String> feedbackLines(int payloadType) {
        String own = payloadType + " ";
        return line.values("rtcp-fb")
                .map(String::strip)
                .filter(value -> value.startsWith(own) || value.startsWith("* "))
                .filter(value -> feedback(value).filter(this::possible).isPresent())
                .distinct()
                .toList();
    }

    Set<RtcpFeedback> feedback(int payloadType) {
        Set<RtcpFeedback> found = EnumSet.noneOf(RtcpFeedback.class);
        feedbackLines(payloadType).forEach(value -> feedback(value).ifPresent(found::add));
        return found;
    }

    /** Which header extension numbers all packets; empty also where nothing would tell of them. */
    OptionalInt transportSequence(int payloadType) {
        return feedback(payloadType).contains(RtcpFeedback.TRANSPORT_CC)
                ? TransportSequence.id(session, line)
                : OptionalInt.empty();
    }

    /** Of packets without a number nothing can be told. */
    private boolean possible(RtcpFeedback feedback) {
        return feedback != RtcpFeedback.TRANSPORT_CC
                || TransportSequence.id(session, line).isPresent();
    }

    private static Optional<RtcpFeedback> feedback(String value) {
        String[] words = SPACES.split(value, -1);
        String kind = words.length > 2 ? words[1] + " " + words[2] : words[1];
        return switch (kind) {
            case "nack" -> Optional.of(RtcpFeedback.NACK);
            case "nack pli" -> Optional.of(RtcpFeedback.PLI);
            case "ccm fir" -> Optional.of(RtcpFeedback.FIR);
            case "ccm tmmbr" -> Optional.of(RtcpFeedback.TMMBR);
            case "goog-remb" -> Optional.of(RtcpFeedback.REMB);
            case "transport-cc" -> Optional.of(RtcpFeedback.TRANSPORT_CC);
            default -> Optional.empty();
        };
    }

    /** {@code limits} with b=TIAS, else b=AS, of the line, else of the session (RFC 3890 section 6.2). */
    VideoLimits bounded(VideoLimits limits) {
        long bps = bandwidthBps(line.bandwidths());
        if (bps == 0) {
            bps = bandwidthBps(session.bandwidths());
        }
        int bitrateBps = bps == 0 ? limits.maxBitrateBps() : (int) Math.min(bps, limits.maxBitrateBps());
        int frameRate = PayloadFormats.number(
                        integerPart(line.attribute("framerate").orElse("")), 1000)
                .orElse(0);
        return new VideoLimits(
                limits.maxWidth(),
                limits.maxHeight(),
                frameRate == 0 ? limits.maxFrameRate() : Math.min(frameRate, limits.maxFrameRate()),
                bitrateBps);
    }

    private static String integerPart(String number) {
        int point = number.indexOf('.');
        return (point < 0 ? number : number.substring(0, point)).strip();
    }

    private static long bandwidthBps(List<Bandwidth> bandwidths) {
        long as = 0;
        for (Bandwidth bandwidth : bandwidths) {
            if (bandwidth.type().equals(Bandwidth.TIAS) && bandwidth.value() > 0) {
                return bandwidth.value();
            }
            if (bandwidth.type().equals(Bandwidth.AS)) {
                as = (long) (bandwidth.value() * 1000 * PAYLOAD_SHARE);
            }
        }
        return as;
    }

    /** Packet time in ms: a=ptime within a=maxptime, a multiple of 10 from 10 to 60 (RFC 8866 section 6.4). */
    int packetTimeMs() {
        int wanted = PayloadFormats.number(integerPart(line.attribute("ptime").orElse("")), 1000)
                .orElse(terms.packetTimeMs().orElse(DEFAULT_PACKET_TIME_MS));
        int max = PayloadFormats.number(integerPart(line.attribute("maxptime").orElse("")), 1000)
                .orElse(60);
        return Math.max(10, Math.min(Math.min(wanted, max), 60) / 10 * 10);
    }
}
