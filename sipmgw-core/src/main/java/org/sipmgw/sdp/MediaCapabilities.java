package org.sipmgw.sdp;

import java.util.List;

/**
 * What a media engine can carry, in its order of preference.
 *
 * @param audio audio codecs with the payload types of an own offer, telephone-event included
 * @param video video codecs with the payload types of an own offer
 * @param receiveLimits the largest picture and bitrate that may be sent to the gateway
 */
public record MediaCapabilities(List<RtpCodec> audio, List<RtpCodec> video, VideoLimits receiveLimits) {}
