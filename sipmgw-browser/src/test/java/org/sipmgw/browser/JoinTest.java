package org.sipmgw.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.net.URI;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.sipmgw.conference.ConferenceState.Phase;
import org.sipmgw.conference.JoinException;
import org.sipmgw.conference.Room;

class JoinTest {
    private static final long SECOND_NS = 1_000_000_000L;
    private static final Room ROOM = Room.of(URI.create("https://meet.example.org/videoroomtest.html"), "Room");

    private final FakePage page = new FakePage();
    private final TestProduct product = new TestProduct();
    private final Join join = new Join(product, page, ROOM, 5 * SECOND_NS, 10_000);

    @Test
    void stepsUntilThePageIsJoined() throws JoinException {
        product.phase = Phase.JOINING;
        assertThat(join.poll(6 * SECOND_NS)).isEmpty();
        product.phase = Phase.LOBBY;
        assertThat(join.poll(7 * SECOND_NS)).isEmpty();
        assertThat(product.steps).isEqualTo(2);
        product.phase = Phase.JOINED;
        assertThat(join.poll(8 * SECOND_NS))
                .hasValueSatisfying(state -> assertThat(state.phase()).isEqualTo(Phase.JOINED));
        assertThat(product.steps).isEqualTo(2);
    }

    @Test
    void leavesTheWaitingPageAlone() throws JoinException {
        page.document.put("scheme", "data:");
        assertThat(join.poll(6 * SECOND_NS)).isEmpty();
        assertThat(product.steps).isZero();
        assertThat(product.reads).isZero();
    }

    @Test
    void triesAgainWhenThePageWasNotReady() throws JoinException {
        page.failure = new PageException("aborted by navigation");
        assertThat(join.poll(6 * SECOND_NS)).isEmpty();
        page.failure = null;
        product.phase = Phase.JOINED;
        assertThat(join.poll(7 * SECOND_NS)).isPresent();
    }

    @Test
    void saysWhatWasSeenWhenTimeIsUp() throws JoinException {
        product.phase = Phase.LOBBY;
        assertThat(join.poll(15 * SECOND_NS - 1)).isEmpty();
        assertThatThrownBy(() -> join.poll(15 * SECOND_NS))
                .isInstanceOfSatisfying(
                        JoinException.class, e -> assertThat(e.reason()).isEqualTo(JoinException.Cause.TIMEOUT))
                .hasMessage("Test was not joined within 10000 ms: the page is at LOBBY");
    }

    @ParameterizedTest
    @CsvSource({"404, NO_SUCH_ROOM", "410, NO_SUCH_ROOM", "403, REFUSED", "500, REFUSED"})
    void takesTheServersNoForAnAnswer(long status, JoinException.Cause cause) {
        page.document.put("status", status);
        assertThatThrownBy(() -> join.poll(6 * SECOND_NS))
                .isInstanceOfSatisfying(
                        JoinException.class, e -> assertThat(e.reason()).isEqualTo(cause));
    }

    @Test
    void saysWhyThePageCannotBeReached() {
        page.document.putAll(Map.of("scheme", "chrome-error:", "error", "ERR_CONNECTION_REFUSED"));
        assertThatThrownBy(() -> join.poll(6 * SECOND_NS))
                .isInstanceOf(JoinException.class)
                .hasMessage("the page cannot be reached: ERR_CONNECTION_REFUSED");
    }

    @Test
    void needsAPasswordOnlyWhereTheRoomHasNone() throws JoinException {
        product.phase = Phase.PASSWORD_ASKED;
        assertThatThrownBy(() -> join.poll(6 * SECOND_NS))
                .isInstanceOfSatisfying(
                        JoinException.class, e -> assertThat(e.reason()).isEqualTo(JoinException.Cause.PASSWORD));
        Room secret = new Room(ROOM.page(), "Room", Optional.of("s3cret"));
        assertThat(new Join(product, page, secret, 0, 10_000).poll(0)).isEmpty();
    }
}
