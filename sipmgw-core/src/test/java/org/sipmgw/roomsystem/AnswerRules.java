package org.sipmgw.roomsystem;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.sipmgw.sdp.MediaDescription;
import org.sipmgw.sdp.MediaKind;
import org.sipmgw.sdp.RtpCodec;
import org.sipmgw.sdp.SessionDescription;

/** What a gateway's answer must keep to, line by line, whatever room system asks. */
final class AnswerRules {
    private AnswerRules() {}

    static void check(SessionDescription offer, SessionDescription answer) {
        assertThat(answer.timing()).as("t=").isEqualTo(offer.timing());
        assertThat(answer.media()).as("as many lines").hasSameSizeAs(offer.media());
        for (int i = 0; i < offer.media().size(); i++) {
            line(offer.media().get(i), answer.media().get(i));
        }
        for (MediaKind kind : List.of(MediaKind.AUDIO, MediaKind.VIDEO)) {
            assertThat(answer.media().stream().filter(one -> one.kind() == kind && !one.refused()))
                    .as("one line of a kind")
                    .hasSizeLessThanOrEqualTo(1);
        }
    }

    private static void line(MediaDescription offered, MediaDescription answered) {
        String which = "m=" + offered.media() + " " + offered.protocol();
        assertThat(answered.media()).as(which).isEqualTo(offered.media());
        assertThat(answered.protocol()).as(which).isEqualTo(offered.protocol());
        assertThat(answered.attribute("mid")).as(which).isEqualTo(offered.attribute("mid"));
        boolean media = offered.kind() != MediaKind.OTHER;
        if (!media || offered.refused() || offered.values("content").anyMatch("slides"::equals)) {
            assertThat(answered.port()).as(which + " is refused, not dropped").isZero();
            return;
        }
        assertThat(answered.port()).as(which).isPositive();
        assertThat(offered.formats()).as(which + ": payload types of the offer").containsAll(answered.formats());
        assertThat(answered.attribute("label")).as(which).isEmpty();
        feedback(offered, answered);
        RtpCodec chosen = answered.codecs().get(0);
        RtpCodec theirs = byPayloadType(offered, chosen.payloadType());
        assertThat(chosen.is(theirs.name()))
                .as(which + " " + chosen + " " + theirs)
                .isTrue();
        if (chosen.is("H264")) {
            h264(offered, theirs, chosen);
        }
        if (chosen.is("PCMU") || chosen.is("PCMA")) {
            assertThat(offered.codecs().stream().anyMatch(one -> one.is("opus") || one.is("G722")))
                    .as("wide-band sound where there is any")
                    .isFalse();
        }
        assertThat(offered.kind() == MediaKind.AUDIO
                        && offered.codecs().stream().anyMatch(one -> one.is("telephone-event")))
                .as(which + ": keys where offered")
                .isEqualTo(answered.codecs().stream().anyMatch(one -> one.is("telephone-event")));
    }

    private static void h264(MediaDescription offered, RtpCodec theirs, RtpCodec ours) {
        String mode = theirs.parameter("packetization-mode", "0");
        assertThat(ours.parameter("packetization-mode", "0"))
                .as("mode of the offer")
                .isEqualTo(mode);
        boolean oneOffered = offered.codecs().stream()
                .anyMatch(one -> one.is("H264")
                        && one.parameter("packetization-mode", "0").equals("1"));
        assertThat(mode).as("mode 1 where offered").isEqualTo(oneOffered ? "1" : "0");
        String profile = theirs.parameter("profile-level-id", "42000a");
        assertThat(ours.parameter("profile-level-id", "").substring(0, 2))
                .as("profile of the offer")
                .isEqualToIgnoringCase(profile.substring(0, 2));
        for (Map.Entry<String, String> one : ours.parameters().entrySet()) {
            assertThat(one.getKey()).as("nothing of the other side's stream").doesNotStartWith("sprop-");
        }
        assertThat(ours.parameters()).doesNotContainKeys("sar", "max-dpb", "max-smbps", "max-fps");
        assertThat(Integer.parseInt(ours.parameter("max-fs", "0")))
                .as("our own limits: 720p")
                .isLessThanOrEqualTo(3600);
    }

    private static void feedback(MediaDescription offered, MediaDescription answered) {
        Set<String> theirs = new TreeSet<>(offered.values("rtcp-fb").toList());
        Set<String> ours = new TreeSet<>(answered.values("rtcp-fb").toList());
        assertThat(theirs).as("feedback: only what was offered").containsAll(ours);
        if (answered.kind() == MediaKind.VIDEO) {
            for (String wanted : List.of("nack pli", "ccm fir")) {
                Optional<String> given = theirs.stream()
                        .filter(one -> one.endsWith(" " + wanted)
                                && (one.startsWith("*")
                                        || one.startsWith(answered.formats().get(0) + " ")))
                        .findFirst();
                given.ifPresent(one ->
                        assertThat(ours).as("key frames by all ways offered").contains(one));
            }
        }
    }

    private static RtpCodec byPayloadType(MediaDescription line, int payloadType) {
        return line.codecs().stream()
                .filter(one -> one.payloadType() == payloadType)
                .findFirst()
                .orElseThrow();
    }
}
