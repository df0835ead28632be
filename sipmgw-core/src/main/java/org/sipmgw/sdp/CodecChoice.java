package org.sipmgw.sdp;

import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Chooses the one codec of a media line.
 *
 * <p>Among the formats that both sides can: the other side's order, except that
 *
 * <ul>
 *   <li>audio of more bandwidth wins: Opus, then G.722, then G.711 (PCMA and PCMU in the other side's order);
 *   <li>H.264 in packetization mode 1 wins over H.264 in mode 0, at the place of the first H.264 format.
 * </ul>
 *
 * Both sides can a format when name and clock rate are equal and, for H.264, the packetization mode is equal and the
 * profiles match ({@link H264Profile#matches}).
 */
final class CodecChoice {

    static final String TELEPHONE_EVENT = "telephone-event";
    private static final String H264 = "H264";

    private CodecChoice() {}

    static Optional<RtpCodec> choose(List<RtpCodec> offered, List<RtpCodec> ours) {
        List<RtpCodec> common = offered.stream()
                .filter(codec -> !codec.is(TELEPHONE_EVENT))
                .filter(codec -> matching(codec, ours).isPresent())
                .toList();
        Optional<RtpCodec> best = common.stream().min(Comparator.comparingInt(CodecChoice::rank));
        if (best.isPresent() && best.get().is(H264)) {
            return common.stream().filter(CodecChoice::fragments).findFirst().or(() -> best);
        }
        return best;
    }

    private static int rank(RtpCodec codec) {
        return switch (codec.name().toLowerCase(Locale.ROOT)) {
            case "g722" -> 1;
            case "pcmu", "pcma" -> 2;
            default -> 0;
        };
    }

    private static boolean fragments(RtpCodec codec) {
        return codec.is(H264)
                && H264Format.of(codec.parameters())
                        .filter(format -> format.packetizationMode() == 1)
                        .isPresent();
    }

    /** That one of {@code ours} by which we can {@code codec}. */
    static Optional<RtpCodec> matching(RtpCodec codec, List<RtpCodec> ours) {
        return ours.stream().filter(own -> match(codec, own)).findFirst();
    }

    static boolean match(RtpCodec one, RtpCodec other) {
        if (!one.is(other.name()) || one.clockRateHz() != other.clockRateHz()) {
            return false;
        }
        if (!one.is(H264)) {
            return true;
        }
        Optional<H264Format> a = H264Format.of(one.parameters());
        Optional<H264Format> b = H264Format.of(other.parameters());
        return a.isPresent()
                && b.isPresent()
                && a.get().packetizationMode() == b.get().packetizationMode()
                && a.get().profile().matches(b.get().profile());
    }

    /** The telephone-event format for {@code codec}: of the same clock rate if there is one (RFC 4733 section 2.1). */
    static Optional<RtpCodec> telephoneEvent(List<RtpCodec> offered, RtpCodec codec) {
        List<RtpCodec> events =
                offered.stream().filter(format -> format.is(TELEPHONE_EVENT)).toList();
        return events.stream()
                .filter(format -> format.clockRateHz() == codec.clockRateHz())
                .findFirst()
                .or(() -> events.stream().findFirst());
    }
}
