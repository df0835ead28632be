package org.sipmgw.browser;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.bidi.script.Message;
import org.openqa.selenium.bidi.script.RemoteValue;

@Tag("fault")
class PageMessagesTest {
    private final List<Runnable> waiting = new ArrayList<>();
    private final List<Object> received = new ArrayList<>();
    private final PageMessages messages = new PageMessages(
            waiting::add, message -> received.add(message.getData().getValue().orElseThrow()));

    private static Message message(Object value) {
        return new Message(
                "bridge",
                new RemoteValue(
                        RemoteValue.Type.STRING,
                        Optional.empty(),
                        Optional.empty(),
                        Optional.of(value),
                        Optional.empty()),
                null);
    }

    private void run() {
        List<Runnable> all = List.copyOf(waiting);
        waiting.clear();
        all.forEach(Runnable::run);
    }

    @Test
    void aPageThatFloodsLosesMessagesAndIsHeardAgainAfterwards() {
        for (int i = 0; i < 10_000; i++) {
            messages.accept(message("{" + i + "}"));
        }
        assertThat(waiting).hasSize(PageMessages.MAX_WAITING);
        run();
        assertThat(received).hasSize(PageMessages.MAX_WAITING).startsWith("{0}", "{1}");
        messages.accept(message("{}"));
        run();
        assertThat(received).hasSize(PageMessages.MAX_WAITING + 1).endsWith("{}");
    }

    @Test
    void whatIsTooLongOrNoTextNeverWaits() {
        messages.accept(message("x".repeat(200_001)));
        messages.accept(message(7L));
        messages.accept(message(""));
        assertThat(waiting).isEmpty();
    }
}
