package org.sipmgw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Execution;
import org.junit.jupiter.api.parallel.ExecutionMode;
import org.sipmgw.account.Credentials;
import org.sipmgw.admission.AdmissionRules;
import org.sipmgw.admission.DigestAccess;
import org.sipmgw.admission.DigestUser;
import org.sipmgw.admission.Network;
import org.sipmgw.admission.RateLimit;
import org.sipmgw.fakes.TestGateway;
import org.sipmgw.internal.sip.auth.DigestClient;
import org.sipmgw.internal.sip.auth.DigestRequest;
import org.sipmgw.rawsip.RawCall;
import org.sipmgw.rawsip.RawMessage;
import org.sipmgw.rawsip.RawPhone;

/** Who may call, and how often; calls that run are never touched. */
@Tag("dialog")
@Execution(ExecutionMode.CONCURRENT)
class AdmissionRulesTest {
    private static final RateLimit PLENTY = new RateLimit(1000, 1000);

    private static TestGateway gateway(AdmissionRules rules) {
        return TestGateway.admitting(rules, GatewayConfig.defaults());
    }

    @Test
    void answersAFloodOfOneSourceWith503AndGoesOnWithItsCalls() throws IOException {
        AdmissionRules rules = AdmissionRules.defaults().withRates(new RateLimit(1, 3), PLENTY);
        try (TestGateway gateway = gateway(rules);
                RawPhone phone = RawPhone.udp(gateway.address(Transport.UDP))) {
            RawCall running = new RawCall(phone, "room1");
            assertThat(running.establish().status()).isEqualTo(200);
            RawMessage refused = null;
            for (int i = 0; i < 10 && refused == null; i++) {
                RawMessage answer = new RawCall(phone, "room2").establish();
                refused = answer.status() == 503 ? answer : null;
            }
            assertThat(refused).as("a refusal").isNotNull();
            assertThat(refused.header("Retry-After")).contains("10");
            assertThat(running.ask("INVITE", RawCall.offer(), RawCall.SDP_TYPE).status())
                    .isEqualTo(200);
            running.ack("");
            assertThat(running.ask("OPTIONS", "").status()).isEqualTo(200);
            assertThat(running.ask("BYE", "").status()).isEqualTo(200);
        }
    }

    @Test
    void boundsWhatAllSourcesDoTogether() throws IOException {
        AdmissionRules rules = AdmissionRules.defaults().withRates(PLENTY, new RateLimit(1, 2));
        try (TestGateway gateway = gateway(rules);
                RawPhone phone = RawPhone.udp(gateway.address(Transport.UDP))) {
            List<Integer> answers = java.util.stream.IntStream.range(0, 6)
                    .mapToObj(i -> new RawCall(phone, "room" + i).establish().status())
                    .toList();
            assertThat(answers).contains(200, 503).startsWith(200, 200);
        }
    }

    @Test
    void doesNotCountAnInviteThatComesAgain() throws IOException {
        AdmissionRules rules = AdmissionRules.defaults().withRates(new RateLimit(1, 1), PLENTY);
        try (TestGateway gateway = gateway(rules);
                RawPhone phone = RawPhone.udp(gateway.address(Transport.UDP))) {
            gateway.joiner.holdSeats = true;
            RawCall call = new RawCall(phone, "room1");
            String invite = call.request("INVITE", RawCall.offer(), RawCall.SDP_TYPE);
            phone.send(invite);
            phone.awaitStatus(180);
            phone.send(invite);
            phone.send(invite);
            gateway.joiner.releaseSeats();
            RawMessage answer = phone.awaitFinal("1 INVITE");
            assertThat(answer.status()).isEqualTo(200);
            call.learn(answer);
            call.ack("");
            assertThat(call.ask("BYE", "").status()).isEqualTo(200);
        }
    }

    @Test
    void letsOnlyNetworksInThatAreListed() throws IOException {
        AdmissionRules strange = AdmissionRules.defaults().withAllowed(List.of(Network.parse("192.0.2.0/24")));
        try (TestGateway gateway = gateway(strange);
                RawPhone phone = RawPhone.udp(gateway.address(Transport.UDP))) {
            assertThat(new RawCall(phone, "room1").establish().status()).isEqualTo(403);
            assertThat(new RawCall(phone, "room1").ask("OPTIONS", "").status()).isEqualTo(403);
        }
        AdmissionRules own = AdmissionRules.defaults().withAllowed(List.of(Network.parse("127.0.0.0/8")));
        try (TestGateway gateway = gateway(own);
                RawPhone phone = RawPhone.udp(gateway.address(Transport.UDP))) {
            assertThat(new RawCall(phone, "room1").establish().status()).isEqualTo(200);
        }
    }

    @Test
    void saysNothingToScanners() throws Exception {
        try (TestGateway gateway = gateway(AdmissionRules.defaults());
                RawPhone phone = RawPhone.udp(gateway.address(Transport.UDP))) {
            RawCall scan = new RawCall(phone, "100");
            phone.send(scan.request("OPTIONS", "").replace("raw-phone", "Friendly-Scanner 1.0"));
            phone.send(scan.request("INVITE", RawCall.offer(), RawCall.SDP_TYPE).replace("raw-phone", "sipvicious"));
            assertThat(phone.silentAbout(RawMessage::isResponse, Duration.ofMillis(500)))
                    .isTrue();
            assertThat(new RawCall(phone, "room1").establish().status()).isEqualTo(200);
            assertThat(gateway.gateway.calls()).hasSize(1);
        }
    }

    private static final DigestAccess ACCESS =
            new DigestAccess("gw.example", List.of(DigestUser.of("alice", "se:cret")), List.of());

    @Test
    void asksForAPasswordAndTakesTheRightOneOnce() throws IOException {
        try (TestGateway gateway = gateway(AdmissionRules.defaults().withDigest(ACCESS));
                RawPhone phone = RawPhone.udp(gateway.address(Transport.UDP))) {
            RawCall call = new RawCall(phone, "room1");
            RawMessage asked = call.establish();
            assertThat(asked.status()).isEqualTo(401);
            assertThat(asked.all("WWW-Authenticate"))
                    .hasSize(2)
                    .allMatch(value -> value.contains("realm=\"gw.example\"") && value.contains("qop=\"auth\""))
                    .satisfiesExactly(
                            first -> assertThat(first).contains("algorithm=SHA-256"),
                            second -> assertThat(second).contains("algorithm=MD5"));
            assertThat(gateway.gateway.calls()).isEmpty();
            String answer = answer(asked, phone, "alice", "se:cret");
            phone.send(call.request("INVITE", RawCall.offer(), RawCall.SDP_TYPE, answer));
            RawMessage taken = phone.awaitFinal("2 INVITE");
            assertThat(taken.status()).as(taken.toString()).isEqualTo(200);
            call.learn(taken);
            call.ack("");
            assertThat(call.ask("BYE", "").status())
                    .as("in the dialog nothing is asked")
                    .isEqualTo(200);
            RawCall thief = new RawCall(phone, "room1");
            phone.send(thief.request("INVITE", RawCall.offer(), RawCall.SDP_TYPE, answer));
            RawMessage again = phone.awaitFinal("1 INVITE");
            assertThat(again.status()).isEqualTo(401);
            assertThat(again.header("WWW-Authenticate").orElseThrow()).contains("stale=true");
        }
    }

    @Test
    void refusesAWrongPasswordAndLooksAtNoMoreAfterTen() throws IOException {
        try (TestGateway gateway = gateway(
                        AdmissionRules.defaults().withRates(PLENTY, PLENTY).withDigest(ACCESS));
                RawPhone phone = RawPhone.udp(gateway.address(Transport.UDP))) {
            int status = 0;
            for (int i = 0; i < 30 && status != 403; i++) {
                RawCall call = new RawCall(phone, "room1");
                String answer = answer(call.establish(), phone, "alice", "guess" + i);
                phone.send(call.request("INVITE", RawCall.offer(), RawCall.SDP_TYPE, answer));
                status = phone.awaitFinal("2 INVITE").status();
                assertThat(status).isIn(401, 403);
            }
            assertThat(status).isEqualTo(403);
            assertThat(gateway.gateway.calls()).isEmpty();
        }
    }

    @Test
    void asksNothingOfSourcesThatAreExempt() throws IOException {
        DigestAccess exempting = new DigestAccess("gw.example", ACCESS.users(), List.of(Network.parse("127.0.0.1")));
        try (TestGateway gateway = gateway(AdmissionRules.defaults().withDigest(exempting));
                RawPhone phone = RawPhone.udp(gateway.address(Transport.UDP))) {
            assertThat(new RawCall(phone, "room1").establish().status()).isEqualTo(200);
        }
    }

    private static String answer(RawMessage asked, RawPhone phone, String user, String password) {
        DigestClient client = new DigestClient(new Credentials(user, password));
        client.challenged(asked.all("WWW-Authenticate"));
        String uri = "sip:room1@" + phone.gatewayAddress();
        return "Authorization: "
                + client.authorizations(DigestRequest.of("INVITE", uri)).get(0);
    }
}
