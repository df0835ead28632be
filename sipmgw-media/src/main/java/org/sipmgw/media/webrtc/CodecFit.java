package org.sipmgw.media.webrtc;

import java.util.Locale;
import java.util.Optional;
import org.sipmgw.sdp.MediaDescription;
import org.sipmgw.sdp.RtpCodec;

/** Finds the payload format of a browser's media section under which packets of another codec description can be sent. */
public final class CodecFit {
    private CodecFit() {}

    /** The payload format of {@code media} that fits {@code codec} best. */
    public static Optional<RtpCodec> best(MediaDescription media, RtpCodec codec) {
        RtpCodec best = null;
        int bestFit = 0;
        for (RtpCodec candidate : media.codecs()) {
            int fit = fit(candidate, codec);
            if (fit > bestFit) {
                best = candidate;
                bestFit = fit;
            }
        }
        return Optional.ofNullable(best);
    }

    /**
     * How well; 0 means not at all. For H.264 the packetization mode counts more than the profile, because a browser's
     * decoder takes every profile whatever the payload type says.
     */
    private static int fit(RtpCodec candidate, RtpCodec codec) {
        if (!codec.is(candidate.name())) {
            return 0;
        }
        if (!codec.is("H264")) {
            return 1;
        }
        String profile = profile(candidate);
        String wanted = profile(codec);
        int fit = 1;
        if (candidate.parameter("packetization-mode", "0").equals(codec.parameter("packetization-mode", "0"))) {
            fit += 4;
        }
        if (profile.regionMatches(0, wanted, 0, 2)) {
            fit += 2;
        }
        return profile.regionMatches(0, wanted, 0, 4) ? fit + 1 : fit;
    }

    private static String profile(RtpCodec codec) {
        return codec.parameter("profile-level-id", "420010").toLowerCase(Locale.ROOT);
    }
}
