package org.sipmgw.sdp;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SdpParserTest {

    private static final String HEAD = "v=0\no=- 1 1 IN IP4 192.0.2.1\ns=-\nt=0 0\n";

    /** "|" stands for a line's end. */
    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "v=1|;                                                      1; v= is not 0",
                "o=- 1 1 IN IP4 h|;                                         1; v= expected",
                "v=0|s=-|;                                                  2; o= expected",
                "v=0|o=- 1 1 IN IP4|;                                       2; 6 fields expected",
                "v=0|o=- x 1 IN IP4 h|;                                     2; session id and version are not numbers",
                "v=0|o=- 1 -1 IN IP4 h|;                                    2; session id and version are not numbers",
                "v=0|o=- 1 1 IN IP4 h|t=0 0|;                               3; s= expected",
                "v=0|o=- 1 1 IN IP4 h|s=-|;                                 4; t= expected",
                "v=0|o=- 1 1 IN IP4 h|s=-|a=x|t=0 0|;                       4; a= repeated or in the wrong place",
                "v=0|o=- 1 1 IN IP4 h|s=-|b=AS:1|c=IN IP4 h|t=0 0|;         5; c= repeated or in the wrong place",
                "v=0|o=- 1 1 IN IP4 h|s=-|i=x|i=y|t=0 0|;                   5; i= repeated or in the wrong place",
                "v=0|o=- 1 1 IN IP4 h|s=-|e=x|u=y|t=0 0|;                   5; u= repeated or in the wrong place",
                "v=0|o=- 1 1 IN IP4 h|s=-|t=0 0|z=0 0|z=0 0|;               6; z= repeated or in the wrong place",
                "v=0|o=- 1 1 IN IP4 h|s=-|t=0 0|s=-|;                       5; s= repeated or in the wrong place",
                "v=0|o=- 1 1 IN IP4 h|s=-|t=0 0|y=1|;                       5; unknown type letter",
                "v=0|o=- 1 1 IN IP4 h|s=-|t=0 0||a=x|;                      5; not of the form <letter>=<value>",
                "v=0|o=- 1 1 IN IP4 h|s=-|t=0 0|a =x|;                      5; not of the form <letter>=<value>",
                "v=0|o=- 1 1 IN IP4 h|s=-|t=0 0|a=|;                        5; attribute name is not a token",
                "v=0|o=- 1 1 IN IP4 h|s=-|t=0 0|m=audio 1 RTP/AVP|;         5; not of the form m=<media> <port> <protocol> <format> ...",
                "v=0|o=- 1 1 IN IP4 h|s=-|t=0 0|m=audio  1 RTP/AVP 0|;      5; empty or illegal field",
                "v=0|o=- 1 1 IN IP4 h|s=-|t=0 0|m=audio 65536 RTP/AVP 0|;   5; port or number of ports out of range",
                "v=0|o=- 1 1 IN IP4 h|s=-|t=0 0|m=audio 1/0 RTP/AVP 0|;     5; port or number of ports out of range",
                "v=0|o=- 1 1 IN IP4 h|s=-|t=0 0|m=audio -1 RTP/AVP 0|;      5; 'not a number, or too large'",
                "v=0|o=- 1 1 IN IP4 h|s=-|t=0 0|m=audio 1 RTP/AVP 0|t=0 0|; 6; t= inside a media description",
                "v=0|o=- 1 1 IN IP4 h|s=-|t=0 0|m=audio 1 RTP/AVP 0|i=|i=|; 7; i= repeated",
                "v=0|o=- 1 1 IN IP4 h|s=-|t=0 0|m=audio 1 RTP/AVP 0|c=IN|;  6; 3 fields expected",
                "v=0|o=- 1 1 IN IP4 h|s=-|b=AS|t=0 0|;                      4; not of the form b=<type>:<number>",
                "v=0|o=- 1 1 IN IP4 h|s=-|b=AS:1e9|t=0 0|;                  4; 'not a number, or too large'",
            })
    void namesLineAndReasonOfWhatItRefuses(String text, int line, String reason) {
        SdpException refused =
                catchThrowableOfType(SdpException.class, () -> SessionDescription.parse(text.replace("|", "\r\n")));

        assertThat(refused).as("refused").isNotNull();
        assertThat(refused.line()).isEqualTo(line);
        assertThat(refused.reason()).isEqualTo(reason);
    }

    @Test
    void refusesNulAndBareCarriageReturn() {
        assertThatThrownBy(() -> SessionDescription.parse(HEAD + "a=x:\0\n"))
                .hasMessage("line 5: NUL or CR inside the line");
        assertThatThrownBy(() -> SessionDescription.parse(HEAD + "a=x\ry\n"))
                .hasMessage("line 5: NUL or CR inside the line");
    }

    @Test
    void refusesAnEmptyText() {
        assertThatThrownBy(() -> SessionDescription.parse("")).hasMessage("line 1: v= expected");
    }

    @Test
    void boundsSizeLinesAndMediaLines() {
        assertThatThrownBy(() -> SessionDescription.parse(HEAD + "a=" + "x".repeat(65_536)))
                .hasMessage("line 1: longer than 65536 characters");
        assertThatThrownBy(() -> SessionDescription.parse(new byte[65_537]))
                .hasMessage("line 1: longer than 65536 bytes");
        assertThatThrownBy(() -> SessionDescription.parse(HEAD + "a=x\n".repeat(1997)))
                .hasMessage("line 2001: more than 2000 lines");
        assertThatThrownBy(() -> SessionDescription.parse(HEAD + "m=audio 0 RTP/AVP 0\n".repeat(65)))
                .hasMessage("line 69: more than 64 media lines");
    }

    @Test
    void neverRepeatsTheTextInTheMessage() {
        assertThatThrownBy(() -> SessionDescription.parse(HEAD + "k secret\n")).hasMessageNotContaining("secret");
    }

    @Test
    void keepsSessionIdsOverSixtyFourBits() throws SdpException {
        String text = HEAD.replace("- 1 1", "- 0018446744073709551616 99999999999999999999");

        SessionDescription session = SessionDescription.parse(text);

        assertThat(session.origin().sessionId()).isEqualTo("0018446744073709551616");
        assertThat(session.origin().version()).isEqualTo("99999999999999999999");
        assertThat(session.text()).isEqualTo(text.replace("\n", "\r\n"));
    }

    @Test
    void keepsEveryKindOfLine() throws SdpException {
        String text = String.join(
                "\r\n",
                "v=0",
                "o=jdoe 3724394400 3724394405 IN IP6 2001:db8::1",
                "s= ",
                "i=A session",
                "u=https://www.example.com/",
                "e=a@example.com",
                "e=b@example.com",
                "p=+1 617 555-6011",
                "c=IN IP4 233.252.0.1/127/3",
                "b=X-YZ:128",
                "t=3724394400 3724398000",
                "r=604800 3600 0 90000",
                "t=3724484400 3724488000",
                "z=3730928400 -1h 3749680800 0",
                "k=prompt",
                "a=recvonly",
                "a=empty:",
                "m=video 49170/2 RTP/AVP 31",
                "i=Vidéo",
                "c=IN IP4 233.252.0.1/127",
                "c=IN IP4 233.252.0.2/127",
                "b=AS:64",
                "b=RR:800",
                "k=clear:secret",
                "a=unknown:a:b;c=d  e",
                "a=orient:portrait",
                "");

        assertThat(SessionDescription.parse(text).text()).isEqualTo(text);
    }

    @Test
    void readsMediaLevelLinesInAnyOrderAndPrintsThemInThatOfTheRfc() throws SdpException {
        SessionDescription session =
                SessionDescription.parse(HEAD + "m=audio 4 RTP/AVP 0 \na=x\nb=AS:64\nc=IN IP4 192.0.2.9\n");

        assertThat(session.text()).endsWith("m=audio 4 RTP/AVP 0\r\nc=IN IP4 192.0.2.9\r\nb=AS:64\r\na=x\r\n");
    }

    @Test
    void readsBytesThatAreNotUtf8AsLatin1() throws SdpException {
        byte[] body = HEAD.replace("s=-", "s=Salle d'été").getBytes(StandardCharsets.ISO_8859_1);

        assertThat(SessionDescription.parse(body).name()).isEqualTo("Salle d'été");
    }

    @Test
    void hidesSecretsInLogs() throws SdpException {
        SessionDescription session = SessionDescription.parse(
                HEAD
                        + "m=audio 4 RTP/AVP 0\nk=clear:geheim\na=crypto:1 AES_CM_128_HMAC_SHA1_80 inline:geheim\na=ice-pwd:geheim\n");

        assertThat(session.toString()).contains("ice-pwd", "crypto").doesNotContain("geheim");
        assertThat(session.text()).contains("geheim");
    }
}
