package org.sipmgw.browser;

import java.net.URI;
import java.text.Normalizer;
import java.util.Locale;
import java.util.Map;
import org.sipmgw.conference.ConferenceCommand;
import org.sipmgw.conference.ConferenceState;
import org.sipmgw.conference.ConferenceState.Phase;
import org.sipmgw.conference.JoinException;
import org.sipmgw.conference.JoinException.Cause;
import org.sipmgw.conference.Room;

/**
 * The video room demo page of the Janus WebRTC server ({@code …/videoroomtest.html?room=1234&vcodec=h264}), version 1.x.
 * The page can mute the microphone only; it knows no hands, no chat and, of its own, no passwords.
 */
public final class JanusVideoRoomPage implements ConferencePage {
    private static final String PAGE = "/videoroomtest.html";
    private static final int MAX_NAME = 32;

    private final String reader = Resources.text("janus-videoroom-read.js");
    private final String view = Resources.text("janus-videoroom-view.js");

    /** A joiner for every room of every such page on the allowed hosts. */
    public JanusVideoRoomPage() {}

    @Override
    public String product() {
        return "Janus video room";
    }

    @Override
    public boolean accepts(URI page) {
        return page.getPath() != null && page.getPath().endsWith(PAGE);
    }

    @Override
    public void step(Page page, Room room) {
        Map<?, ?> seen = look(page);
        if (is(seen, "startable")) {
            page.click("#start");
        } else if (is(seen, "registerable") && page.ready("#username")) {
            page.type("#username", userName(room.displayName()));
            page.click("#register");
        }
    }

    @Override
    public ConferenceState read(Page page) throws JoinException {
        Map<?, ?> seen = look(page);
        if (seen.get("alert") instanceof String alert && !alert.isEmpty()) {
            throw refusal(alert);
        }
        boolean registered = is(seen, "registered");
        boolean joined = registered && is(seen, "published");
        if (joined && !is(seen, "viewed")) {
            page.run(view); // again after a reload
        }
        Phase phase = joined ? Phase.JOINED : is(seen, "lost") ? Phase.LEFT : Phase.JOINING;
        int others = seen.get("others") instanceof Number number ? number.intValue() : -1;
        return new ConferenceState(phase, is(seen, "muted"), false, false, false, others);
    }

    @Override
    public void command(Page page, ConferenceCommand command) {
        if (!(command instanceof ConferenceCommand.MuteMicrophone)) {
            throw new UnsupportedOperationException("the Janus video room page has nothing for "
                    + command.getClass().getSimpleName());
        }
        page.click("#mute"); // a toggle; asked for only where the state differs
    }

    @Override
    public void leave(Page page) {
        page.run("document.documentElement.removeAttribute('data-conference-view');"); // uncovers the button
        page.click("#start"); // reads "Stop" by now
    }

    private Map<?, ?> look(Page page) {
        return page.run(reader) instanceof Map<?, ?> seen ? seen : Map.of();
    }

    private static boolean is(Map<?, ?> seen, String key) {
        return Boolean.TRUE.equals(seen.get(key));
    }

    /** What the page says in its boxes, and what the server's words in them mean. */
    static JoinException refusal(String alert) {
        String words = alert.toLowerCase(Locale.ROOT);
        Cause cause = words.contains("does not exist") || words.contains("no such room")
                ? Cause.NO_SUCH_ROOM
                : words.contains("(pin)") || words.contains("wrong pin") || words.contains("unauthorized")
                        ? Cause.PASSWORD
                        : words.contains("lost connection") ? Cause.BROWSER : Cause.REFUSED;
        return new JoinException(cause, "Janus video room: " + alert);
    }

    /** The page takes ASCII letters and digits only. */
    static String userName(String displayName) {
        String plain = Normalizer.normalize(displayName, Normalizer.Form.NFD).replaceAll("[^a-zA-Z0-9]", "");
        String name = plain.isEmpty() ? "Room" : plain;
        return name.substring(0, Math.min(name.length(), MAX_NAME));
    }
}
