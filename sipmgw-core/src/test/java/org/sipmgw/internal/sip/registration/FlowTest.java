package org.sipmgw.internal.sip.registration;

import static org.assertj.core.api.Assertions.assertThat;

import java.net.InetAddress;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.account.Account;
import org.sipmgw.account.RegistrationStatus.State;
import org.sipmgw.internal.sip.SipAnswer;
import org.sipmgw.internal.sip.SipBinding.Protocol;
import org.sipmgw.internal.sip.SipHop;
import org.sipmgw.internal.sip.SipPlace;

@Tag("registrar")
class FlowTest {

    private final FakePort port = new FakePort();
    private Instant now = Instant.parse("2026-01-01T00:00:00Z");
    private int nonce;

    private static SipHop hop(Protocol protocol, int last) throws Exception {
        return new SipHop(protocol, InetAddress.getByName("192.0.2." + last), 5060, "example.org");
    }

    private Flow flow(String line) {
        Account account = Account.parse(line);
        Flow flow = new Flow(
                account,
                new FlowIdentity("call@x", "tag", "t0ken", "urn:uuid:1", 1),
                account.registration().outbound(),
                port,
                new Pauses(new Random(7)));
        flow.start(now);
        return flow;
    }

    private Flow located(String line, SipHop... hops) {
        Flow flow = flow(line);
        flow.located(List.of(hops), now);
        return flow;
    }

    private void answer(Flow flow, int status, String... header) {
        Map<String, List<String>> headers = new TreeMap<>();
        for (int i = 0; i < header.length; i += 2) {
            headers.computeIfAbsent(header[i], k -> new ArrayList<>()).add(header[i + 1]);
        }
        flow.answered(port.attempt, new SipAnswer(status, "phrase", headers), now);
    }

    private void challenge(Flow flow) {
        answer(
                flow,
                401,
                "www-authenticate",
                "Digest realm=\"r\", nonce=\"" + ++nonce + "\", qop=\"auth\", algorithm=SHA-256");
    }

    private void wait(Flow flow, Duration time) {
        now = now.plus(time);
        flow.tick(now);
    }

    private static final String VIA = "SIP/2.0/UDP 10.0.0.5:5060;branch=z9hG4bK1;received=203.0.113.7;rport=41000";

    @Test
    void behindANatTheContactIsWhereTheRegistrarSeesUs() throws Exception {
        Flow flow = located("<sip:a@example.org>", hop(Protocol.UDP, 1));
        assertThat(port.header("Contact")).startsWith("<sip:a@{local};");
        answer(flow, 200, "via", VIA);
        assertThat(flow.status().state()).isNotEqualTo(State.REGISTERED);
        assertThat(port.headers("Contact")).hasSize(2);
        assertThat(port.headers("Contact").get(0))
                .startsWith("<sip:a@203.0.113.7:41000;transport=udp;acct=t0ken>")
                .endsWith(";expires=3600");
        assertThat(port.headers("Contact").get(1))
                .startsWith("<sip:a@{local};acct=t0ken>")
                .endsWith(";expires=0");
        answer(flow, 200, "via", VIA, "contact", "<sip:a@203.0.113.7:41000;acct=t0ken>;expires=300");
        assertThat(flow.status().state()).isEqualTo(State.REGISTERED);
        assertThat(port.seen).containsExactly(new SipPlace("203.0.113.7", 41_000));

        wait(flow, Duration.ofSeconds(299));
        assertThat(port.headers("Contact")).singleElement().asString().contains("203.0.113.7:41000");
        answer(flow, 200, "via", VIA.replace("41000", "42000"));
        assertThat(port.headers("Contact").get(0)).contains("203.0.113.7:42000");
        assertThat(port.headers("Contact").get(1)).contains("203.0.113.7:41000").endsWith(";expires=0");
    }

    @Test
    void aConnectionsOwnPortIsNoNat() throws Exception {
        Flow flow = located("<sip:a@example.org;transport=tcp>", hop(Protocol.TCP, 1));
        answer(flow, 200, "via", "SIP/2.0/TCP 10.0.0.5:5060;branch=z9hG4bK1;received=10.0.0.5;rport=41000");
        assertThat(flow.status().state()).isEqualTo(State.REGISTERED);
        assertThat(port.sent).hasSize(1);
    }

    @Test
    void aNatThatAlwaysGivesAnotherPortDoesNotMakeUsRegisterForEver() throws Exception {
        Flow flow = located("<sip:a@example.org>", hop(Protocol.UDP, 1));
        for (int i = 0; i < 3; i++) {
            answer(flow, 200, "via", VIA.replace("41000", Integer.toString(41_000 + i)));
        }
        assertThat(flow.status().state()).isEqualTo(State.REGISTERED);
        assertThat(port.sent).hasSize(3);
    }

    @Test
    void aConfiguredAddressAndAFlowInUseStandWhateverTheRegistrarSees() throws Exception {
        port.learns = false;
        Flow configured = located("<sip:a@example.org>", hop(Protocol.UDP, 1));
        answer(configured, 200, "via", VIA);
        assertThat(configured.status().state()).isEqualTo(State.REGISTERED);
        port.learns = true;
        Flow inUse = located("<sip:a@example.org>;sipnat=outbound", hop(Protocol.UDP, 1));
        answer(inUse, 200, "via", VIA, "require", "outbound");
        assertThat(inUse.status().state()).isEqualTo(State.REGISTERED);
        assertThat(port.seen).isEmpty();
    }

    @Test
    void registersWithThePasswordAndRefreshesBeforeTheEnd() throws Exception {
        Flow flow = located("\"Big room\" <sip:a@example.org>;auth_pass=x;regint=600;regq=0.7", hop(Protocol.UDP, 1));
        assertThat(port.last().uri()).isEqualTo("sip:example.org");
        assertThat(port.header("Authorization")).isEmpty();
        challenge(flow);

        assertThat(port.header("Authorization")).contains("algorithm=SHA-256").doesNotContain("x\"");
        assertThat(port.header("From")).isEqualTo("\"Big room\" <sip:a@example.org>;tag=tag");
        assertThat(port.header("CSeq")).isEqualTo("2 REGISTER");
        assertThat(port.header("Contact"))
                .isEqualTo("<sip:a@{local};acct=t0ken>;+sip.instance=\"<urn:uuid:1>\";q=0.700;expires=600");
        answer(
                flow,
                200,
                "contact",
                "<sip:other@h>;expires=5",
                "contact",
                "<sip:a@1.2.3.4:5;transport=udp;acct=t0ken>;q=0.7;expires=90",
                "expires",
                "600");

        assertThat(flow.status().state()).isEqualTo(State.REGISTERED);
        assertThat(flow.status().expires()).contains(now.plusSeconds(90));
        Duration refresh = Duration.between(now, flow.status().nextAttempt().orElseThrow());
        assertThat(refresh).isBetween(Duration.ofSeconds(67), Duration.ofSeconds(81));
        int before = port.sent.size();
        wait(flow, refresh.minusSeconds(1));
        assertThat(port.sent).hasSize(before);
        wait(flow, Duration.ofSeconds(1));
        assertThat(port.sent).hasSize(before + 1);
        assertThat(port.header("Authorization")).contains("nc=00000002");
    }

    @Test
    void aWrongPasswordDoesNotStormTheRegistrar() throws Exception {
        Flow flow = located("<sip:a@example.org>;auth_pass=wrong", hop(Protocol.UDP, 1));
        List<Duration> pauses = new ArrayList<>();
        Instant end = now.plus(Duration.ofHours(24));
        while (now.isBefore(end)) {
            challenge(flow);
            challenge(flow);
            assertThat(flow.status().state()).isEqualTo(State.REFUSED);
            assertThat(flow.status().detail()).contains("password is wrong");
            Duration pause = Duration.between(now, flow.status().nextAttempt().orElseThrow());
            pauses.add(pause);
            wait(flow, pause);
            flow.located(List.of(hop(Protocol.UDP, 1)), now);
        }
        assertThat(pauses.get(0)).isLessThan(Duration.ofSeconds(6));
        assertThat(pauses.get(1)).isGreaterThanOrEqualTo(Duration.ofSeconds(30));
        assertThat(pauses.get(9)).isGreaterThanOrEqualTo(Duration.ofMinutes(30));
        assertThat(port.sent.size()).isLessThan(120);
    }

    @Test
    void obeysMinExpiresAndRetryAfter() throws Exception {
        Flow flow = located("<sip:a@example.org>;regint=60", hop(Protocol.UDP, 1));
        answer(flow, 423, "min-expires", "1800");
        assertThat(port.header("Expires")).isEqualTo("1800");
        answer(flow, 503, "retry-after", "300;duration=9");

        assertThat(flow.status().state()).isEqualTo(State.UNREACHABLE);
        assertThat(Duration.between(now, flow.status().nextAttempt().orElseThrow()))
                .isEqualTo(Duration.ofSeconds(300));
    }

    @Test
    void goesOnToTheNextServerWhenOneIsSilentOrOverloaded() throws Exception {
        Flow flow = located("<sip:a@example.org>", hop(Protocol.UDP, 1), hop(Protocol.UDP, 2), hop(Protocol.UDP, 3));
        wait(flow, Duration.ofSeconds(5));
        assertThat(port.last().hop()).isEqualTo(hop(Protocol.UDP, 2));
        answer(flow, 503);
        assertThat(port.last().hop()).isEqualTo(hop(Protocol.UDP, 3));
        answer(flow, 200);

        assertThat(flow.server()).contains(hop(Protocol.UDP, 3));
    }

    @Test
    void followsARedirectionButNotForEver() throws Exception {
        Flow flow = located("<sip:a@example.org>", hop(Protocol.UDP, 1));
        answer(flow, 302, "contact", "<sip:reg2.example.org:5070;transport=tcp>");
        assertThat(flow.targets().get(0).host()).isEqualTo("reg2.example.org");
        flow.located(List.of(hop(Protocol.TCP, 2)), now);
        assertThat(port.last().uri()).isEqualTo("sip:reg2.example.org:5070");
        for (int i = 0; i < 10 && flow.status().state() != State.REFUSED; i++) {
            answer(flow, 302, "contact", "<sip:reg2.example.org>");
            flow.located(List.of(hop(Protocol.TCP, 2)), now);
        }
        assertThat(flow.status().state()).isEqualTo(State.REFUSED);
    }

    @Test
    void registersAgainWhenTheConnectionCloses() throws Exception {
        Flow flow = located("<sip:a@example.org;transport=tcp>;regint=3600", hop(Protocol.TCP, 1));
        answer(flow, 200);
        wait(flow, Duration.ofSeconds(60));
        assertThat(port.sent).hasSize(1);
        port.connected = false;
        wait(flow, Duration.ofSeconds(1));
        flow.located(List.of(hop(Protocol.TCP, 1)), now);

        assertThat(port.sent).hasSize(2);
        assertThat(flow.status().state()).isEqualTo(State.REGISTERING);
    }

    @Test
    void aRegistrarThatClosesAfterEachAnswerIsNotRegisteredAtForEver() throws Exception {
        Flow flow = located("<sip:a@example.org;transport=tcp>;regint=3600", hop(Protocol.TCP, 1));
        port.connected = false;
        for (int i = 0; i < 200; i++) {
            answer(flow, 200);
            wait(flow, Duration.ofSeconds(2));
            flow.located(List.of(hop(Protocol.TCP, 1)), now);
        }
        assertThat(port.sent.size()).isLessThan(5);
    }

    @Test
    void keepsTheWayOpenByStunWhereTheServerKnowsIt() throws Exception {
        Flow udp = located("<sip:a@example.org>;regint=3600", hop(Protocol.UDP, 1));
        answer(udp, 200);
        for (int i = 1; i <= 3; i++) {
            wait(udp, Duration.ofSeconds(30));
            assertThat(port.pings).isEqualTo(i);
            udp.pinged(new SipPlace("192.0.2.9", 5060));
        }
        assertThat(port.keptAlive).isEmpty();
        assertThat(port.sent).hasSize(1);
    }

    private void seconds(Flow flow, int seconds) {
        for (int i = 0; i < seconds * 5; i++) {
            wait(flow, Duration.ofMillis(200));
        }
    }

    @Test
    void keepsTheWayOpenByLineEndsWhereTheServerKnowsNoStun() throws Exception {
        Flow udp = located("<sip:a@example.org>;regint=3600", hop(Protocol.UDP, 1));
        answer(udp, 200);
        seconds(udp, 110);
        assertThat(port.pings).isEqualTo(7);
        assertThat(port.keptAlive).hasSizeGreaterThan(0);
        seconds(udp, 110);
        assertThat(port.pings).isEqualTo(7);
        assertThat(port.sent).hasSize(1);
    }

    @Test
    void registersAnewWhenTheServerAnswersNoMore() throws Exception {
        Flow udp = located("<sip:a@example.org>;regint=3600", hop(Protocol.UDP, 1));
        answer(udp, 200);
        seconds(udp, 30);
        udp.pinged(new SipPlace("192.0.2.9", 5060));
        assertThat(port.located).isOne();
        seconds(udp, 110);
        assertThat(port.located).isEqualTo(2);
    }

    @Test
    void registersAnewWhenTheNatSendsUsElsewhere() throws Exception {
        Flow udp = located("<sip:a@example.org>;regint=3600", hop(Protocol.UDP, 1));
        answer(udp, 200);
        udp.pinged(new SipPlace("192.0.2.9", 41_000));
        seconds(udp, 1);
        assertThat(port.located).isOne();
        udp.pinged(new SipPlace("192.0.2.9", 42_000));
        seconds(udp, 1);
        assertThat(port.located).isEqualTo(2);
    }

    @Test
    void aFlowSaysWhichItIsAndGivesWayWhereTheProxyDoesNotDoFlows() throws Exception {
        Flow flow = located(
                "<sip:a@example.org>;sipnat=outbound;outbound=\"sip:example.org;transport=tcp\"", hop(Protocol.TCP, 1));
        assertThat(port.header("Contact")).contains(";ob;").contains(";reg-id=1;");
        assertThat(port.header("Supported")).contains("outbound");
        assertThat(port.header("Route")).isEqualTo("<sip:example.org;transport=tcp;lr>");
        answer(flow, 439);

        assertThat(port.header("Contact")).doesNotContain("reg-id");
    }

    @Test
    void remembersRouteAndGruuThatTheRegistrarGives() throws Exception {
        Flow flow = located("<sip:a@example.org>", hop(Protocol.UDP, 1));
        answer(
                flow,
                200,
                "service-route",
                "<sip:edge.example.org;lr>",
                "contact",
                "<sip:a@{local};acct=t0ken>;pub-gruu=\"sip:a@example.org;gr=urn:uuid:1\";expires=60");

        assertThat(flow.serviceRoute()).containsExactly("<sip:edge.example.org;lr>");
        assertThat(flow.gruu()).contains("sip:a@example.org;gr=urn:uuid:1");
    }

    @Test
    void takesTheRegistrationBackAtTheEndWithAPasswordIfAsked() throws Exception {
        Flow flow = located("<sip:a@example.org>;auth_pass=x", hop(Protocol.UDP, 1));
        challenge(flow);
        answer(flow, 200);
        flow.end(now);
        assertThat(port.header("Expires")).isEqualTo("0");
        assertThat(flow.ended()).isFalse();
        challenge(flow);
        assertThat(port.header("Contact")).endsWith(";expires=0");
        answer(flow, 200);

        assertThat(flow.ended()).isTrue();
        int sent = port.sent.size();
        wait(flow, Duration.ofHours(2));
        assertThat(port.sent).hasSize(sent);
    }

    @Test
    void takesBackWhatIsStillUnderWayAtTheEnd() throws Exception {
        Flow flow = located("<sip:a@example.org>;auth_pass=x", hop(Protocol.UDP, 1));
        challenge(flow);
        flow.end(now);
        assertThat(flow.ended()).isFalse();
        answer(flow, 200);
        assertThat(port.header("Expires")).isEqualTo("0");
        assertThat(flow.ended()).isFalse();
        answer(flow, 200);
        assertThat(flow.ended()).isTrue();
        assertThat(port.sent).hasSize(3);
    }

    @Test
    void anEndWhileTheFirstRegistrationIsRefusedOrSilentIsTheEnd() throws Exception {
        Flow refused = located("<sip:a@example.org>", hop(Protocol.UDP, 1));
        refused.end(now);
        answer(refused, 403);
        assertThat(refused.ended()).isTrue();
        Flow silent = located("<sip:a@example.org>", hop(Protocol.UDP, 1));
        silent.end(now);
        wait(silent, Duration.ofSeconds(33));
        assertThat(silent.ended()).isTrue();
        Flow looking = flow("<sip:a@example.org>");
        looking.end(now);
        assertThat(looking.ended()).isTrue();
        assertThat(port.sent).hasSize(2);
    }

    @Test
    void aLateAnswerToAnEarlierAttemptIsNothing() throws Exception {
        Flow flow = located("<sip:a@example.org>", hop(Protocol.UDP, 1), hop(Protocol.UDP, 2));
        int first = port.attempt;
        wait(flow, Duration.ofSeconds(5));
        flow.answered(first, new SipAnswer(403, "no", Map.of()), now);

        assertThat(flow.status().state()).isEqualTo(State.REGISTERING);
    }
}
