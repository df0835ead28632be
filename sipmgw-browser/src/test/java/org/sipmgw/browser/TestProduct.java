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
    }

    @Override
    public ConferenceState read(Page page) {
        reads++;
        Object told = page.run("return window.phase || 'JOINING'");
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
