package org.sipmgw.examples.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.Call;
import org.sipmgw.GatewayConfig;
import org.sipmgw.testsupport.PhoneMedia;
import org.sipmgw.testsupport.VirtualCall;
import org.sipmgw.testsupport.VirtualPhone;

/** Whole calls of rooms that speak ICE, all through one port of the gateway. */
@Tag("turn")
class IceCallIT {

    private static CallLab lab;

    @BeforeAll
    static void open() throws IOException {
        lab = CallLab.open(2, GatewayConfig.defaults());
    }

    @AfterAll
    static void close() {
        lab.close();
    }

    @Test
    void twoRoomsAreSeenAndHeardThroughOnePortAndOneRestarts() throws Exception {
        try (Conference one = lab.conference();
                Conference two = lab.conference();
                VirtualPhone phone = VirtualPhone.open("Room");
                VirtualPhone second = VirtualPhone.open("Second")) {
            lab.awaitWarm();
            PhoneMedia media = lab.media().withDtls().withIce();
            PhoneMedia lite = lab.secondMedia().withIceLite();
            VirtualCall a = phone.call(lab.uri(one), media);
            VirtualCall b = second.call(lab.uri(two), lite);
            CallLab.await("two calls", () -> lab.gateway().calls().size() == 2);
            for (Call call : lab.gateway().calls()) {
                CallLab.awaitConnected(call);
            }
            Watch atParticipant = one.watch("Room");
            Watch atPhone = CallLab.watch("Room", a, media);
            Watch.awaitRecognised(
                    atParticipant,
                    two.watch("Second", PhoneMedia.SECOND_ROOM_SENDER),
                    atPhone,
                    CallLab.watch("Second", b, lite));
            assertThat(a.targets()).hasSize(2).containsExactlyElementsOf(b.targets());
            InetSocketAddress port = a.targets().get(0);
            assertThat(a.targets()).as("sound and picture").containsOnly(port);
            assertThat(fragments(a.awaitAnswer())).hasSize(2).doesNotHaveDuplicates();

            String restarted = a.restartIce();
            assertThat(fragments(restarted)).doesNotContainAnyElementsOf(fragments(a.awaitAnswer()));
            Watch.awaitRecognised(atParticipant, atPhone);
            assertThat(a.iceFailures()).isEmpty();
            a.hangUp();
            b.hangUp();
            lab.awaitNothingLeft();
        }
    }

    private static List<String> fragments(String description) {
        return description
                .lines()
                .filter(line -> line.startsWith("a=ice-ufrag:"))
                .toList();
    }
}
