package org.sipmgw.sdp;

import java.util.Optional;
import java.util.OptionalInt;

/**
 * What both sides of a media line agreed on beyond its codec.
 *
 * @param rtxPayloadType the payload type of retransmissions of the line's codec (RFC 4588, SSRC multiplexed), the same in
 *     both directions; empty where lost packets are resent as they were
 * @param transportSequenceId which header extension (RFC 8285, one-byte form, 1 to 14) carries the transport-wide sequence
 *     number of each packet, the same in both directions; empty where none does. Where it is there, {@link
 *     RtcpFeedback#TRANSPORT_CC} was agreed on too
 * @param parity by which formats the other side may send parity of its picture; empty for none
 * @param ice how the way of the line's packets is found; empty where the described addresses are it
 */
public record RtpOptions(
        OptionalInt rtxPayloadType,
        OptionalInt transportSequenceId,
        Optional<ParityFormats> parity,
        Optional<IceSession> ice) {

    /** Retransmissions alone. */
    public RtpOptions(OptionalInt rtxPayloadType) {
        this(rtxPayloadType, OptionalInt.empty(), Optional.empty(), Optional.empty());
    }

    /** Nothing. */
    public static RtpOptions none() {
        return new RtpOptions(OptionalInt.empty());
    }

    /** The same with transport-wide sequence numbers in this header extension. */
    public RtpOptions withTransportSequence(OptionalInt id) {
        return new RtpOptions(rtxPayloadType, id, parity, ice);
    }

    /** The same with parity of the other side's picture. */
    public RtpOptions withParity(Optional<ParityFormats> formats) {
        return new RtpOptions(rtxPayloadType, transportSequenceId, formats, ice);
    }

    RtpOptions withIce(Optional<IceSession> session) {
        return new RtpOptions(rtxPayloadType, transportSequenceId, parity, session);
    }
}
