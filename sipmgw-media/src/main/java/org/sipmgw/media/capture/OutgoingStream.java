package org.sipmgw.media.capture;

import org.sipmgw.media.rtp.PacketSink;
import org.sipmgw.sdp.NegotiatedStream;

/**
 * One stream to be made.
 *
 * @param negotiated what the other side takes; made only if its direction sends
 * @param numbering SSRC, sequence numbers and timestamps, which outlive one capture
 * @param sink takes the finished packets, on a thread of this stream's own
 */
public record OutgoingStream(NegotiatedStream negotiated, RtpNumbering numbering, PacketSink sink) {

    /** Checks that numbering and codec agree on the clock. */
    public OutgoingStream {
        int rate = negotiated.codec().clockRateHz();
        if (numbering.clockRateHz() != rate) {
            throw new IllegalArgumentException(
                    "numbering counts at " + numbering.clockRateHz() + " Hz, the codec at " + rate + " Hz");
        }
    }
}
