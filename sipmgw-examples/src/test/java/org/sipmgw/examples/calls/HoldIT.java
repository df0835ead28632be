package org.sipmgw.examples.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.Call;
import org.sipmgw.CallState;
import org.sipmgw.testsupport.RtpPacket;
import org.sipmgw.testsupport.VirtualCall;
import org.sipmgw.testsupport.VirtualPhone;

@Tag("call")
class HoldIT {

    private static final long QUIET_MS = 1500;

    @Test
    void aHeldCallIsQuietAndGoesOnWhenResumed() throws Exception {
        try (CallLab lab = CallLab.open();
                Conference conference = lab.conference();
                VirtualPhone phone = VirtualPhone.open("Room")) {
            lab.awaitWarm();
            VirtualCall call = phone.call(lab.uri(conference), lab.media());
            Call seen = lab.onlyCall();
            CallLab.awaitConnected(seen);
            Watch atParticipant = conference.watch("Room");
            Watch atPhone = CallLab.watch("Room", call, lab.media());
            atParticipant.awaitRecognised();

            String held = call.reInvite("inactive");
            call.fallSilent();
            assertThat(held).contains("a=inactive");
            CallLab.await("held", seen::held);
            awaitQuiet(call);
            long sinceNs = System.nanoTime();
            Thread.sleep(QUIET_MS);
            assertThat(media(call, sinceNs))
                    .as("packets to a room that holds the call")
                    .isEmpty();
            assertThat(seen.state()).isEqualTo(CallState.CONNECTED);
            assertThat(conference.has("Room")).isTrue();

            call.resume();
            CallLab.await("resumed", () -> !seen.held());
            Watch.awaitRecognised(atParticipant, atPhone);
        }
    }

    @Test
    void aRoomThatHoldsAndPlaysOnIsSeenAndGetsNothing() throws Exception {
        try (CallLab lab = CallLab.open();
                Conference conference = lab.conference();
                VirtualPhone phone = VirtualPhone.open("Room")) {
            lab.awaitWarm();
            VirtualCall call = phone.call(lab.uri(conference), lab.media());
            Call seen = lab.onlyCall();
            CallLab.awaitConnected(seen);
            Watch atParticipant = conference.watch("Room");
            Watch atPhone = CallLab.watch("Room", call, lab.media());
            Watch.awaitRecognised(atParticipant, atPhone);

            assertThat(call.reInvite("sendonly")).contains("a=recvonly");
            CallLab.await("held", seen::held);
            awaitQuiet(call);
            long sinceNs = System.nanoTime();
            atParticipant.awaitRecognised();
            assertThat(media(call, sinceNs))
                    .as("packets to a room that only sends")
                    .isEmpty();

            call.resume();
            CallLab.await("resumed", () -> !seen.held());
            Watch.awaitRecognised(atParticipant, atPhone);
        }
    }

    /** Waits until nothing has come for a while: what was on its way at the hold is allowed. */
    private static void awaitQuiet(VirtualCall call) throws Exception {
        CallLab.await("silence", () -> {
            long fromNs = System.nanoTime();
            Thread.sleep(QUIET_MS);
            return media(call, fromNs).isEmpty();
        });
    }

    /** What came since then, without the empty packets that keep a NAT open (RFC 6263). */
    private static List<RtpPacket> media(VirtualCall call, long fromNs) {
        return Stream.concat(call.video().since(fromNs).stream(), call.audio().since(fromNs).stream())
                .filter(packet -> packet.payload().length > 0)
                .toList();
    }
}
