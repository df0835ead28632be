package org.sipmgw.browser;

import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.openqa.selenium.bidi.script.Message;

/**
 * Messages of one page on their way to its thread. What comes from a page is never trusted: one that floods loses messages,
 * and costs no memory. Thread-safe.
 */
final class PageMessages implements Consumer<Message> {
    /** A page that behaves has one or two on the way. */
    static final int MAX_WAITING = 32;

    private static final int MAX_CHARS = 200_000;

    private final Executor pageThread;
    private final Consumer<Message> receiver;
    private final AtomicInteger waiting = new AtomicInteger();

    /** @param receiver told on the page's thread: texts of at most 200000 characters, no other values */
    PageMessages(Executor pageThread, Consumer<Message> receiver) {
        this.pageThread = pageThread;
        this.receiver = receiver;
    }

    @Override
    public void accept(Message message) {
        Object text = message.getData().getValue().orElse("");
        if (!(text instanceof String json) || json.isEmpty() || json.length() > MAX_CHARS) {
            return;
        }
        if (waiting.incrementAndGet() > MAX_WAITING) {
            waiting.decrementAndGet();
            return;
        }
        pageThread.execute(() -> {
            waiting.decrementAndGet();
            receiver.accept(message);
        });
    }
}
