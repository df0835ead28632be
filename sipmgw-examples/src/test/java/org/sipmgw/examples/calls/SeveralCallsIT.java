package org.sipmgw.examples.calls;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.sipmgw.Call;
import org.sipmgw.GatewayConfig;
import org.sipmgw.testsupport.JanusParticipant;
import org.sipmgw.testsupport.PhoneMedia;
import org.sipmgw.testsupport.VirtualCall;
import org.sipmgw.testsupport.VirtualPhone;

/** Calls beside and after each other. */
@Tag("call")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SeveralCallsIT {

    private CallLab lab;

    @BeforeAll
    void open() throws Exception {
        lab = CallLab.open(2, GatewayConfig.defaults());
    }

    @AfterAll
    void close() {
        lab.close();
    }

    @AfterEach
    void nothingIsLeft() throws Exception {
        lab.awaitNothingLeft();
    }

    @Test
    void twoCallsInTwoConferencesDoNotMix() throws Exception {
        try (Conference one = lab.conference();
                Conference two = lab.conference();
                VirtualPhone phone = VirtualPhone.open("Room");
                VirtualPhone second = VirtualPhone.open("Second")) {
            lab.awaitWarm();
            PhoneMedia other = lab.secondMedia();
            VirtualCall a = phone.call(lab.uri(one), lab.media());
            VirtualCall b = second.call(lab.uri(two), other);
            connected();
            Watch ofSecond = two.watch("Second", PhoneMedia.SECOND_ROOM_SENDER);
            Watch.awaitRecognised(
                    one.watch("Room"),
                    ofSecond,
                    CallLab.watch("Room", a, lab.media()),
                    CallLab.watch("Second", b, other));
            assertThat(ofSecond.of(PhoneMedia.ROOM_SENDER).since(0).frames()).isZero();
            assertThat(two.has("Room")).isFalse();
            assertThat(one.has("Second")).isFalse();
        }
    }

    @Test
    void twoRoomSystemsMeetInOneConference() throws Exception {
        try (Conference one = lab.conference();
                JanusParticipant listener = lab.silentParticipant(one);
                VirtualPhone phone = VirtualPhone.open("Room");
                VirtualPhone second = VirtualPhone.open("Second")) {
            lab.awaitWarm();
            PhoneMedia other = lab.secondMedia();
            VirtualCall a = phone.call(lab.uri(one), lab.media());
            VirtualCall b = second.call(lab.uri(one), other);
            connected();
            one.watch("Room").awaitRecognised();
            one.watch(listener, "Second", PhoneMedia.SECOND_ROOM_SENDER).awaitRecognised();
            CallLab.watch("Room", a, lab.media())
                    .of(PhoneMedia.SECOND_ROOM_SENDER)
                    .awaitRecognised();
            CallLab.watch("Second", b, other).of(PhoneMedia.ROOM_SENDER).awaitRecognised();
        }
    }

    private void connected() throws Exception {
        CallLab.await("two calls", () -> lab.gateway().calls().size() == 2);
        for (Call call : lab.gateway().calls()) {
            CallLab.awaitConnected(call);
        }
    }
}
