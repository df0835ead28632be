package org.sipmgw.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/** The formats of retransmissions, each for one codec of its line (RFC 4588 sections 8.1 and 8.6). */
final class Retransmission {

    private static final String RTX = "rtx";
    private static final String APT = "apt";
    /** How far from its codec's payload type one is offered, where that is free. */
    private static final int DISTANCE = 10;

    private Retransmission() {}

    /** Whether {@code format} is one. */
    static boolean is(RtpCodec format) {
        return format.is(RTX);
    }

    /** That one of {@code formats} which carries retransmissions of {@code codec}. */
    static Optional<RtpCodec> of(RtpCodec codec, Iterable<RtpCodec> formats) {
        for (RtpCodec format : formats) {
            if (is(format)
                    && format.clockRateHz() == codec.clockRateHz()
                    && format.parameter(APT, "").equals(Integer.toString(codec.payloadType()))) {
                return Optional.of(format.withParameters(associated(codec)));
            }
        }
        return Optional.empty();
    }

    /**
     * One for each of {@code codecs}, for an offer.
     *
     * @param known the formats of the session so far
     */
    static List<RtpCodec> offered(List<RtpCodec> codecs, List<RtpCodec> known) {
        List<RtpCodec> all = new ArrayList<>(codecs);
        for (RtpCodec codec : codecs) {
            RtpCodec fresh =
                    new RtpCodec(RTX, codec.payloadType() + DISTANCE, codec.clockRateHz(), 1, associated(codec));
            all.add(of(codec, known).orElseGet(() -> PayloadTypes.free(fresh, known, all)));
        }
        return all.subList(codecs.size(), all.size());
    }

    /** The payload type of retransmissions of {@code codec} that both the offer and its answer name. */
    static OptionalInt agreed(RtpCodec codec, List<RtpCodec> offered, List<RtpCodec> answered) {
        Optional<RtpCodec> format = of(codec, answered);
        boolean ours = format.isPresent()
                && offered.stream()
                        .anyMatch(own ->
                                is(own) && own.payloadType() == format.get().payloadType());
        return ours ? OptionalInt.of(format.get().payloadType()) : OptionalInt.empty();
    }

    private static Map<String, String> associated(RtpCodec codec) {
        return Map.of(APT, Integer.toString(codec.payloadType()));
    }
}
