package org.sipmgw.sdp;

import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.Set;

/**
 * One accepted media line after offer and answer (RFC 3264): all that the media engine must know of it.
 *
 * @param index position of the media line, from 0
 * @param kind audio or video
 * @param direction seen from the gateway
 * @param codec the one codec both sides use, with the payload type of the offer
 * @param telephoneEvent the agreed telephone-event format (RFC 4733), audio only
 * @param remoteRtp where to send RTP; the unspecified address means "held" ({@code c=0.0.0.0})
 * @param remoteRtcp where to send RTCP; equals {@code remoteRtp} with rtcp-mux
 * @param rtcpMux RFC 5761
 * @param feedback what may be sent as RTCP feedback
 * @param sendLimits what the other side can receive, video only
 * @param packetTimeMs agreed packet time, audio only, else 20
 * @param security how packets are protected
 * @param options what else was agreed
 */
public record NegotiatedStream(
        int index,
        MediaKind kind,
        Direction direction,
        RtpCodec codec,
        Optional<RtpCodec> telephoneEvent,
        InetSocketAddress remoteRtp,
        InetSocketAddress remoteRtcp,
        boolean rtcpMux,
        Set<RtcpFeedback> feedback,
        Optional<VideoLimits> sendLimits,
        int packetTimeMs,
        MediaSecurity security,
        RtpOptions options) {

    /** The same with other bounds of what is sent. */
    public NegotiatedStream withSendLimits(VideoLimits limits) {
        return new NegotiatedStream(
                index,
                kind,
                direction,
                codec,
                telephoneEvent,
                remoteRtp,
                remoteRtcp,
                rtcpMux,
                feedback,
                Optional.of(limits),
                packetTimeMs,
                security,
                options);
    }
}
