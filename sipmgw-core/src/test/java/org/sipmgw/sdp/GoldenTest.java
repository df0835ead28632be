package org.sipmgw.sdp;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class GoldenTest {

    static List<String> names() {
        return Golden.NAMES;
    }

    @ParameterizedTest
    @MethodSource("names")
    void printsWhatItRead(String name) throws SdpException {
        String text = Golden.text(name);

        assertThat(SessionDescription.parse(text).text()).isEqualTo(text);
        assertThat(SessionDescription.parse(text.getBytes(StandardCharsets.UTF_8))
                        .text())
                .isEqualTo(text);
    }

    @ParameterizedTest
    @MethodSource("names")
    void readsBareLineFeedsAndMissingLastLineEnd(String name) throws SdpException {
        String text = Golden.text(name);

        assertThat(SessionDescription.parse(text.replace("\r\n", "\n")).text()).isEqualTo(text);
        assertThat(SessionDescription.parse(text.stripTrailing()).text()).isEqualTo(text);
    }

    /** The answer of each offer, kept beside it, line by line. */
    @ParameterizedTest
    @ValueSource(strings = {"poly-g7500", "cisco-ce", "cisco-jabber", "baresip", "linphone"})
    void answersLineByLine(String name) throws Exception {
        Negotiation negotiation = Golden.negotiator().answer(Golden.offer(name));

        assertThat(negotiation.local().text().lines().toList())
                .isEqualTo(Golden.text(name + ".answer").lines().toList());
    }
}
