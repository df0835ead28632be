package org.sipmgw.examples.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipmgw.account.Account;
import org.sipmgw.account.AccountsFile;
import org.sipmgw.account.AnswerMode;
import org.sipmgw.account.NatTraversal;
import org.sipmgw.account.RegistrationStatus.State;
import org.sipmgw.fakes.TestGateway;
import org.sipmgw.testsupport.KamailioServer;
import org.sipmgw.testsupport.PhoneMedia;
import org.sipmgw.testsupport.VirtualCall;
import org.sipmgw.testsupport.VirtualPhone;

@Tag("registrar")
class CallsToAccountsIT {

    private static void callsAndHangsUp(RegistrarLab lab, TestGateway gateway, KamailioServer kamailio, String user)
            throws Exception {
        int before = gateway.events.ends.size();
        VirtualPhone phone = lab.with(VirtualPhone.open("Lobby"));
        VirtualCall call = phone.call("sip:" + user + "@127.0.0.1:" + kamailio.port(), media());
        call.close();
        gateway.events.await("the end of the call", lines -> gateway.events.ends.size() > before);
    }

    private static PhoneMedia media() throws IOException {
        return PhoneMedia.room(320, 180, 200_000);
    }

    private static Optional<Account> accountOfLastCall(TestGateway gateway) {
        return gateway.events
                .calls
                .get(gateway.events.calls.size() - 1)
                .request()
                .account();
    }

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp"})
    void aCallForTheAccountComesThroughTheRegistrar(String transport) throws Exception {
        try (RegistrarLab lab = new RegistrarLab()) {
            KamailioServer kamailio = lab.kamailio(RegistrarLab.SETTINGS);
            TestGateway gateway = lab.gateway(kamailio.account("gw", transport, ""), "<sip:other@h>;regint=0");
            RegistrarLab.await(gateway, State.REGISTERED);

            callsAndHangsUp(lab, gateway, kamailio, "gw");

            assertThat(accountOfLastCall(gateway).orElseThrow().address().user())
                    .isEqualTo("gw");
            assertThat(gateway.events.lines).contains("state CONNECTED", "ended ROOM_HUNG_UP");
        }
    }

    @Test
    void whenOneOfTwoProxiesDiesCallsComeThroughTheOtherAndItIsRegisteredAgainLater() throws Exception {
        try (RegistrarLab lab = new RegistrarLab()) {
            KamailioServer one = lab.kamailio(RegistrarLab.SETTINGS);
            KamailioServer two = lab.kamailio(RegistrarLab.SETTINGS);
            TestGateway gateway = lab.gateway("<sip:room7@example.test>;auth_pass=pw7;sipnat=outbound"
                    + ";outbound=\"sip:127.0.0.1:" + one.port() + ";transport=tcp\""
                    + ";outbound2=\"sip:127.0.0.1:" + two.port() + ";transport=tcp\"");
            RegistrarLab.await(gateway, State.REGISTERED);
            assertThat(gateway.gateway.registrations()).hasSize(2);
            callsAndHangsUp(lab, gateway, one, "room7");

            one.kill();
            long killed = System.nanoTime();
            callsAndHangsUp(lab, gateway, two, "room7");
            assertThat((System.nanoTime() - killed) / 1_000_000).isLessThan(5000);
            RegistrarLab.await(
                    "one of two",
                    gateway,
                    all -> all.get(0).state() == State.UNREACHABLE && all.get(1).state() == State.REGISTERED);

            one.restart();
            RegistrarLab.await(gateway, State.REGISTERED);
            callsAndHangsUp(lab, gateway, one, "room7");
        }
    }

    @Test
    void aLineOfAnAccountsFileIsAllThatIsNeeded(@TempDir Path directory) throws Exception {
        try (RegistrarLab lab = new RegistrarLab()) {
            KamailioServer kamailio = lab.kamailio(RegistrarLab.SETTINGS);
            Path file = Files.writeString(
                    directory.resolve("accounts"),
                    "# rooms\nMeeting Room<sip:room7@127.0.0.1:" + kamailio.port() + ";transport=tcp>;auth_pass=pw7;"
                            + "answermode=auto;medianat=turn;stunserver=turn:127.0.0.1:3478;stunuser=t;stunpass=u\n");
            AccountsFile accounts = AccountsFile.read(file);
            TestGateway gateway =
                    lab.gateway("127.0.0.1", builder -> accounts.accounts().forEach(builder::account));
            RegistrarLab.await(gateway, State.REGISTERED);

            callsAndHangsUp(lab, gateway, kamailio, "room7");

            assertThat(accounts.warnings()).isEmpty();
            Account account = accountOfLastCall(gateway).orElseThrow();
            assertThat(account.calls().answerMode()).contains(AnswerMode.AUTO);
            assertThat(account.nat().traversal()).isEqualTo(NatTraversal.TURN);
            assertThat(List.of(
                            gateway.events.calls.get(0).request().requestUser().orElseThrow()))
                    .containsExactly("room7");
        }
    }
}
