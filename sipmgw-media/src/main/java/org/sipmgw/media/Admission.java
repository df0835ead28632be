package org.sipmgw.media;

import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;
import org.sipmgw.media.rtp.Latch;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.sdp.NegotiatedStream;
import org.sipmgw.sdp.ParityFormats;

/** Lets in what was agreed: valid RTP of an agreed payload type from the source that is followed. */
final class Admission {
    private static final int NONE = -1;

    private final Latch latch = new Latch();
    private int payloadType = NONE;
    private int eventType = NONE;
    private int rtxType = NONE;
    private int redType = NONE;
    private @Nullable InetSocketAddress described;

    /** What is agreed from now on. */
    void agree(NegotiatedStream stream) {
        boolean receives = stream.direction().receives();
        payloadType = receives ? stream.codec().payloadType() : NONE;
        eventType = receives
                ? stream.telephoneEvent().map(event -> event.payloadType()).orElse(NONE)
                : NONE;
        rtxType = receives ? stream.options().rtxPayloadType().orElse(NONE) : NONE;
        redType = receives
                ? stream.options().parity().map(ParityFormats::redPayloadType).orElse(NONE)
                : NONE;
        if (!stream.remoteRtp().equals(described)) {
            described = stream.remoteRtp();
            if (stream.options().ice().isEmpty()) {
                latch.reset();
            }
        }
    }

    /** Nothing is agreed any more. */
    void end() {
        payloadType = NONE;
        eventType = NONE;
        rtxType = NONE;
        redType = NONE;
        described = null;
        latch.reset();
    }

    /** {@link PathStatus#FORWARDED} where the packet may go on. */
    PathStatus admit(Packet packet, InetSocketAddress source, long nowNs) {
        if (payloadType == NONE) {
            return PathStatus.NOT_AGREED;
        }
        if (!packet.isRtp()) {
            return PathStatus.MALFORMED;
        }
        int type = packet.payloadType();
        if (type != payloadType && type != eventType && type != rtxType && type != redType) {
            return PathStatus.UNKNOWN_PAYLOAD_TYPE;
        }
        return latch.accept(source, packet.ssrc(), nowNs) == Latch.Verdict.STRANGER
                ? PathStatus.STRANGER
                : PathStatus.FORWARDED;
    }

    boolean isEvent(Packet packet) {
        return packet.payloadType() == eventType;
    }

    Latch latch() {
        return latch;
    }
}
