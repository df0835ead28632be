package org.sipmgw.browser;

import java.net.URI;
import java.util.Map;
import org.sipmgw.conference.ConferenceCommand;
import org.sipmgw.conference.ConferenceState;
import org.sipmgw.conference.ConferenceState.Phase;
import org.sipmgw.conference.Room;

/**
 * A product for tests: in a real browser its pages tell by {@code window.phase} where they are; with a fake page, by
 * {@link #phase}.
 */
final class TestProduct implements ConferencePage {
    Phase phase = Phase.JOINING;
    String clickOn = "";
    volatile String title = "";
    int steps;
    int reads;

    @Override
    public String product() {
        return "Test";
    }

    @Override
    public boolean accepts(URI page) {
        return true;
    }

    @Override
    public void step(Page page, Room room) {
        steps++;
        if (!clickOn.isEmpty() && steps % 10 == 1) {
            page.click(clickOn);
        }
    }

    @Override
    public ConferenceState read(Page page) {
        reads++;
        Object told = page.run("return window.phase || 'JOINING'");
        title = String.valueOf(page.run("return document.title"));
        Phase now = told instanceof String name ? Phase.valueOf(name) : told instanceof Map ? phase : Phase.JOINING;
        return new ConferenceState(now, false, false, false, false, -1);
    }

    @Override
    public void command(Page page, ConferenceCommand command) {
        throw new UnsupportedOperationException("the test page has nothing for it");
    }

    @Override
    public void leave(Page page) {
        page.run("window.phase = 'LEFT'");
    }
}
