package org.sipmgw.account;

import java.util.List;
import java.util.Optional;

/**
 * What an account wants of media.
 *
 * @param encryption baresip's {@code mediaenc}
 * @param audioCodecs names in order of preference, as {@code opus/48000/2} or {@code pcma}; empty: all that there are
 * @param videoCodecs names in order of preference, as {@code h264}; empty: all that there are
 * @param ptimeMs length of a packet of sound where the room wishes nothing else; empty where the account does not say; others than
 *     10, 20 … 60 count as not said
 * @param dtmf how keys are sent
 * @param rtcpMux whether RTP and RTCP may share a port (RFC 5761); empty where the account does not say
 */
public record MediaSettings(
        MediaEncryption encryption,
        List<String> audioCodecs,
        List<String> videoCodecs,
        Optional<Integer> ptimeMs,
        DtmfMode dtmf,
        Optional<Boolean> rtcpMux) {
    public MediaSettings {
        audioCodecs = List.copyOf(audioCodecs);
        videoCodecs = List.copyOf(videoCodecs);
    }
}
