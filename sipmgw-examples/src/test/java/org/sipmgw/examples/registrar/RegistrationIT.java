package org.sipmgw.examples.registrar;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.sipmgw.account.RegistrationStatus;
import org.sipmgw.account.RegistrationStatus.State;
import org.sipmgw.fakes.TestGateway;
import org.sipmgw.testsupport.KamailioServer;
import org.sipmgw.tls.TlsSettings;

@Tag("registrar")
class RegistrationIT {

    @ParameterizedTest
    @ValueSource(strings = {"udp", "tcp", "tls"})
    void registersWhileItRunsAndTakesThatBackAtTheEnd(String transport) throws Exception {
        try (RegistrarLab lab = new RegistrarLab()) {
            KamailioServer kamailio = lab.kamailio(RegistrarLab.SETTINGS);
            TestGateway gateway = lab.gateway(
                    "127.0.0.1",
                    builder -> builder.tls(TlsSettings.defaults().withCa(kamailio.authority())),
                    kamailio.account("gw", transport, ";regint=60"));

            RegistrationStatus status = RegistrarLab.await(gateway, State.REGISTERED);

            assertThat(status.expires().orElseThrow())
                    .isBetween(Instant.now().plusSeconds(50), Instant.now().plusSeconds(61));
            assertThat(RegistrarLab.contacts(kamailio, 1))
                    .singleElement()
                    .asString()
                    .startsWith("sip:gw@127.0.0.1:")
                    .contains("transport=" + transport);
            gateway.close();
            assertThat(RegistrarLab.contacts(kamailio, 0)).isEmpty();
            assertThat(gateway.gateway.registrations())
                    .allMatch(one -> one.state() == State.UNREGISTERED && one.sipStatus() == 200);
        }
    }

    @Test
    void answersSha256() throws Exception {
        try (RegistrarLab lab = new RegistrarLab()) {
            KamailioServer kamailio = lab.kamailio(RegistrarLab.SETTINGS.withAlgorithm("SHA-256"));

            RegistrarLab.await(lab.gateway(kamailio.account("room7", "udp", "")), State.REGISTERED);

            assertThat(kamailio.challenges("room7")).isEqualTo(1);
        }
    }

    @Test
    void registersOverIpv6() throws Exception {
        try (RegistrarLab lab = new RegistrarLab()) {
            KamailioServer kamailio = lab.kamailio(RegistrarLab.SETTINGS);
            String line = kamailio.account("gw", "tcp", "").replace("127.0.0.1", "[::1]");

            RegistrarLab.await(lab.gateway("::1", builder -> {}, line), State.REGISTERED);

            assertThat(RegistrarLab.contacts(kamailio, 1))
                    .singleElement()
                    .asString()
                    .matches("sip:gw@\\[(::1|0:0:0:0:0:0:0:1)\\]:.*");
        }
    }

    @Test
    void manyAccountsRegisterSideBySide() throws Exception {
        try (RegistrarLab lab = new RegistrarLab()) {
            KamailioServer kamailio = lab.kamailio(RegistrarLab.SETTINGS);
            TestGateway gateway = lab.gateway(
                    kamailio.account("gw", "udp", ""), kamailio.account("room7", "tcp", ""), "<sip:quiet@h>;regint=0");

            RegistrarLab.await(gateway, State.REGISTERED);

            assertThat(gateway.gateway.registrations()).hasSize(2);
        }
    }

    @Test
    void aWrongPasswordDoesNotStormTheRegistrarAndIsSaid() throws Exception {
        try (RegistrarLab lab = new RegistrarLab()) {
            KamailioServer kamailio = lab.kamailio(RegistrarLab.SETTINGS);
            TestGateway gateway = lab.gateway(kamailio.account("gw", "udp", "").replace("gw s;cret", "wrong"));

            RegistrationStatus status = RegistrarLab.await(gateway, State.REFUSED);
            assertThat(status.sipStatus()).isEqualTo(401);
            assertThat(status.detail()).contains("password is wrong");
            RegistrarLab.await("second attempt", gateway, all -> {
                try {
                    return kamailio.registers("gw") == 4 && all.get(0).state() == State.REFUSED;
                } catch (java.io.IOException e) {
                    throw new java.io.UncheckedIOException(e);
                }
            });

            Duration pause = Duration.between(
                    Instant.now(),
                    gateway.gateway.registrations().get(0).nextAttempt().orElseThrow());
            assertThat(pause).isGreaterThan(Duration.ofSeconds(28));
            RegistrarLab.pause(2000);
            assertThat(kamailio.registers("gw")).isEqualTo(4);
        }
    }

    @Test
    void raisesAnIntervalThatIsTooShort() throws Exception {
        try (RegistrarLab lab = new RegistrarLab()) {
            KamailioServer kamailio = lab.kamailio(RegistrarLab.SETTINGS.withSmallestExpires(90));

            RegistrationStatus status =
                    RegistrarLab.await(lab.gateway(kamailio.account("gw", "udp", ";regint=20")), State.REGISTERED);

            assertThat(status.expires().orElseThrow()).isAfter(Instant.now().plusSeconds(80));
        }
    }

    @Test
    void aRefreshWithAnAgedNonceIsNoFailure() throws Exception {
        try (RegistrarLab lab = new RegistrarLab()) {
            KamailioServer kamailio =
                    lab.kamailio(RegistrarLab.SETTINGS.withNonceSeconds(1).withSmallestExpires(2));
            TestGateway gateway = lab.gateway(kamailio.account("gw", "udp", ";regint=4"));
            Instant first =
                    RegistrarLab.await(gateway, State.REGISTERED).expires().orElseThrow();

            RegistrarLab.await(
                    "refresh",
                    gateway,
                    all -> all.get(0).expires().filter(first::isBefore).isPresent());

            assertThat(kamailio.challenges("gw")).isEqualTo(2);
            assertThat(gateway.gateway.registrations().get(0).state()).isEqualTo(State.REGISTERED);
        }
    }

    @Test
    void comesBackWhenTheRegistrarDoes() throws Exception {
        try (RegistrarLab lab = new RegistrarLab()) {
            KamailioServer kamailio = lab.kamailio(RegistrarLab.SETTINGS);
            TestGateway gateway = lab.gateway(kamailio.account("gw", "tcp", ""));
            RegistrarLab.await(gateway, State.REGISTERED);

            kamailio.kill();
            RegistrationStatus lost = RegistrarLab.await(gateway, State.UNREACHABLE);
            assertThat(lost.detail()).isNotBlank();
            kamailio.restart();

            RegistrarLab.await(gateway, State.REGISTERED);
            assertThat(RegistrarLab.contacts(kamailio, 1)).hasSize(1);
        }
    }
}
