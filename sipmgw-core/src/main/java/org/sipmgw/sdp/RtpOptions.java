package org.sipmgw.sdp;

import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * What both sides of a media line agreed on beyond its codec.
 *
 * @param rtxPayloadType the payload type of retransmissions of the line's codec (RFC 4588, SSRC multiplexed), the same in
 *     both directions; empty where lost packets are resent as they were
 * @param ice how the way of the line's packets is found; empty where the described addresses are it
 */
public record RtpOptions(OptionalInt rtxPayloadType, Optional<IceSession> ice) {

    private static final String RTX = "rtx";
    private static final String APT = "apt";

    /** Without ICE. */
    public RtpOptions(OptionalInt rtxPayloadType) {
        this(rtxPayloadType, Optional.empty());
    }

    /** Nothing. */
    public static RtpOptions none() {
        return new RtpOptions(OptionalInt.empty());
    }

    RtpOptions withIce(Optional<IceSession> session) {
        return new RtpOptions(rtxPayloadType, session);
    }

    /** That one of {@code offered} which carries retransmissions of {@code codec}. */
    static Optional<RtpCodec> rtx(Iterable<RtpCodec> offered, RtpCodec codec) {
        for (RtpCodec format : offered) {
            if (format.is(RTX)
                    && format.clockRateHz() == codec.clockRateHz()
                    && format.parameter(APT, "").equals(Integer.toString(codec.payloadType()))) {
                return Optional.of(format.withParameters(Map.of(APT, Integer.toString(codec.payloadType()))));
            }
        }
        return Optional.empty();
    }
}
