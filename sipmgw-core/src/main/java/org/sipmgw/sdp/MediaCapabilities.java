package org.sipmgw.sdp;

import java.util.List;
import java.util.Set;

/**
 * What a media engine can carry, in its order of preference.
 *
 * @param audio audio codecs with the payload types of an own offer, telephone-event included
 * @param video video codecs with the payload types of an own offer
 * @param receiveLimits the largest picture and bitrate that may be sent to the gateway
 * @param suites SRTP crypto suites that it can protect with; empty for plain RTP only
 * @param terms what is wanted of packets
 */
public record MediaCapabilities(
        List<RtpCodec> audio, List<RtpCodec> video, VideoLimits receiveLimits, Set<SrtpSuite> suites, RtpTerms terms) {

    /** On the usual terms. */
    public MediaCapabilities(
            List<RtpCodec> audio, List<RtpCodec> video, VideoLimits receiveLimits, Set<SrtpSuite> suites) {
        this(audio, video, receiveLimits, suites, RtpTerms.standard());
    }

    /** Of an engine that cannot protect by keys of the descriptions. */
    public MediaCapabilities(List<RtpCodec> audio, List<RtpCodec> video, VideoLimits receiveLimits) {
        this(audio, video, receiveLimits, Set.of());
    }
}
