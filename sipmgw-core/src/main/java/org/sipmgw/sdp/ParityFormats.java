package org.sipmgw.sdp;

import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The formats by which the other side may send parity of its picture (RFC 5109), each packet of both in a packet of
 * redundant data (RFC 2198). Answered where offered, never offered: we send none.
 *
 * @param redPayloadType of {@code red}
 * @param parityPayloadType of {@code ulpfec}, which stands in {@code red}
 */
public record ParityFormats(int redPayloadType, int parityPayloadType) {

    /** Both formats of a line; empty where one is missing. */
    static List<RtpCodec> of(List<RtpCodec> offered) {
        Optional<RtpCodec> red = named("red", offered);
        Optional<RtpCodec> parity = named("ulpfec", offered);
        return red.isPresent() && parity.isPresent() ? List.of(red.get(), parity.get()) : List.of();
    }

    private static Optional<RtpCodec> named(String name, List<RtpCodec> offered) {
        return offered.stream()
                .filter(codec -> codec.is(name) && codec.clockRateHz() == 90_000)
                .findFirst()
                .map(codec -> codec.withParameters(Map.of()));
    }

    static Optional<ParityFormats> agreed(List<RtpCodec> formats) {
        return formats.isEmpty()
                ? Optional.empty()
                : Optional.of(new ParityFormats(
                        formats.get(0).payloadType(), formats.get(1).payloadType()));
    }
}
