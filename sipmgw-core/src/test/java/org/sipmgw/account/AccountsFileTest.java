package org.sipmgw.account;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

@Tag("registrar")
class AccountsFileTest {

    private static final String LINE = "Meeting Room<sip:room42@example.org;transport=tcp>;auth_pass=s3cret;"
            + "answermode=auto;medianat=turn;stunserver=turn:turn.example.org:3479?transport=tcp;"
            + "stunuser=tim;stunpass=t0p";

    @Test
    void readsTheLineOfTheSoftwareThatIsReplacedAsItIs() {
        Account account = Account.parse(LINE);

        assertThat(account.address().displayName()).contains("Meeting Room");
        assertThat(account.address().uri()).isEqualTo("sip:room42@example.org");
        assertThat(account.address().domain())
                .isEqualTo(new SipServer("example.org", 0, Optional.of(SignallingTransport.TCP)));
        assertThat(account.credentials()).contains(new Credentials("room42", "s3cret"));
        assertThat(account.calls().answerMode()).contains(AnswerMode.AUTO);
        assertThat(account.nat().traversal()).isEqualTo(NatTraversal.TURN);
        assertThat(account.nat().server())
                .contains(new StunServer(
                        true,
                        "turn.example.org",
                        3479,
                        SignallingTransport.TCP,
                        Optional.of(new Credentials("tim", "t0p"))));
        assertThat(account.registration().interval()).isEqualTo(Duration.ofHours(1));
    }

    @Test
    void noSecretStandsInAnyText() {
        AccountsFile file = AccountsFile.parse(LINE + ";nonsense=t0p\n<sip:a:s3cret@h>\n");

        assertThat(file.toString() + file.accounts().get(0) + file.warnings())
                .doesNotContain("s3cret")
                .doesNotContain("t0p")
                .contains("tim");
    }

    @Test
    void commentsAndBlankLinesAreNoAccounts() {
        AccountsFile file =
                AccountsFile.parse("# <sip:no@example.org>\r\n\r\n  <sip:a@h>\r\n\t# x\n<sip:b@h>;regint=0\n");

        assertThat(file.accounts()).extracting(a -> a.address().user()).containsExactly("a", "b");
        assertThat(file.accounts().get(1).registration().wanted()).isFalse();
        assertThat(file.warnings()).isEmpty();
    }

    @Test
    void namesAndValuesMayBeQuoted() {
        Account account = Account.parse("\"Room <1>; \\\"big\\\"\" <sip:a@[2001:db8::1]:5070>;auth_user=\"x y\";"
                + "auth_pass=\"p;q\";outbound=\"sip:p1.example.org;transport=tls\";outbound2=\"<sip:192.0.2.7:5062>\"");

        assertThat(account.address().displayName()).contains("Room <1>; \"big\"");
        assertThat(account.address().domain().hostInUri()).isEqualTo("[2001:db8::1]");
        assertThat(account.address().domain().port()).isEqualTo(5070);
        assertThat(account.credentials()).contains(new Credentials("x y", "p;q"));
        assertThat(account.registration().outbound())
                .containsExactly(
                        new SipServer("p1.example.org", 0, Optional.of(SignallingTransport.TLS)),
                        new SipServer("192.0.2.7", 5062, Optional.empty()));
    }

    @Test
    void anAddressWithoutBracketsHasParametersOfTheAccount() {
        Account account = Account.parse("sip:a@example.org;auth_pass=x;regint=90");

        assertThat(account.credentials()).contains(new Credentials("a", "x"));
        assertThat(account.registration().interval()).isEqualTo(Duration.ofSeconds(90));
    }

    @Test
    void readsTheParametersOfVersionThree() {
        AccountsFile file = AccountsFile.parse("<sip:a@h>;sipnat=outbound;regq=0.5;answerdelay=1500;answermode=manual;"
                + "mediaenc=srtp-mandf;audio_codecs=opus/48000/2,pcma;video_codecs=h264,vp8;ptime=20;dtmfmode=info;"
                + "rtcp_mux=yes;call_transfer=no;cert=/etc/gw.pem;medianat=ice");
        Account account = file.accounts().get(0);

        assertThat(file.warnings()).isEmpty();
        assertThat(account.registration().flows()).isTrue();
        assertThat(account.registration().q()).contains(500);
        assertThat(account.registration().certificate()).contains("/etc/gw.pem");
        assertThat(account.calls())
                .isEqualTo(new CallSettings(Optional.of(AnswerMode.MANUAL), Duration.ofMillis(1500), false));
        assertThat(account.media())
                .isEqualTo(new MediaSettings(
                        MediaEncryption.SDES_REQUIRED_WITH_FEEDBACK,
                        List.of("opus/48000/2", "pcma"),
                        List.of("h264", "vp8"),
                        Optional.of(20),
                        DtmfMode.INFO,
                        Optional.of(true)));
        assertThat(account.nat()).isEqualTo(new NatSettings(NatTraversal.ICE, Optional.empty()));
    }

    @Test
    void whatIsNotDoneIsNamedWithWhatToUseInstead() {
        List<String> warnings = AccountsFile.parse(
                        "\n<sip:a@h>;mwi=yes;audio_source=alsa,default;wibble=1;answermode=odd;" + "sipnat=ice")
                .warnings();

        assertThat(warnings).hasSize(5).allMatch(w -> w.startsWith("accounts line 2: "));
        assertThat(warnings).anyMatch(w -> w.contains("audio_source") && w.contains("leave it out"));
        assertThat(warnings).anyMatch(w -> w.contains("wibble") && w.contains("docs/registration.md"));
        assertThat(warnings).anyMatch(w -> w.contains("answermode") && w.contains("auto, manual or early"));
    }

    @Test
    void aForgottenQuoteShowsNoPassword() {
        AccountsFile file = AccountsFile.parse("<sip:a@h>;auth_pass=one;TWO;dtmfmode=infoauth_pass=THREE");

        assertThat(file.warnings())
                .hasSize(2)
                .noneMatch(w -> w.toLowerCase(Locale.ROOT).contains("two"));
        assertThat(file.warnings().toString()).doesNotContain("THREE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "<sip:a@h",
                "<tel:123>",
                "<sip:@h>",
                "<sip:h>",
                "<sip:a@h;transport=sctp>",
                "<sip:a@h:99999>",
                "<sip:a@h>;mediaenc=zrtp;auth_pass=hidden",
                "<sip:a@h>;medianat=turn;auth_pass=hidden",
                "<sip:a@h>;regint=soon",
                "<sip:a@h>;regq=2",
                "<sip:a@h>;outbound=proxy",
                "<sip:a@h>;stunserver=http://x",
                "<sip:a@h>;auth_pass=\"hidden"
            })
    void whatCannotBeObeyedIsRefusedWithLineAndReason(String line) {
        assertThatThrownBy(() -> AccountsFile.parse("# first\n" + line))
                .isInstanceOf(AccountException.class)
                .hasMessageStartingWith("accounts line 2, ")
                .hasMessageNotContaining("hidden");
    }

    @ParameterizedTest
    @CsvSource({
        "stun:s.example.org, false, s.example.org, 3478, UDP",
        "turn:192.0.2.1:3480, true, 192.0.2.1, 3480, UDP",
        "turns:t.example.org, true, t.example.org, 5349, TLS",
        "turns:t.example.org:443?transport=tcp, true, t.example.org, 443, TLS",
        "turn:[2001:db8::2]:3478?transport=tcp, true, 2001:db8::2, 3478, TCP",
    })
    void readsServersOfStunAndTurn(String uri, boolean relay, String host, int port, SignallingTransport transport) {
        assertThat(StunServer.parse(uri)).isEqualTo(new StunServer(relay, host, port, transport, Optional.empty()));
    }

    @Test
    void readsUserAndPasswordInTheServersAddress() {
        StunServer server = StunServer.parse("turn:tim:t0p@turn.example.org");

        assertThat(server.credentials()).contains(new Credentials("tim", "t0p"));
        assertThat(server.host()).isEqualTo("turn.example.org");
    }
}
