package org.sipmgw.conference;

/** Something to do in the conference page. */
public sealed interface ConferenceCommand {

    /** Mutes or unmutes our microphone in the page. */
    record MuteMicrophone(boolean muted) implements ConferenceCommand {}

    /** Stops or restarts our camera in the page. */
    record MuteCamera(boolean muted) implements ConferenceCommand {}

    /** Raises or lowers our hand. */
    record RaiseHand(boolean raised) implements ConferenceCommand {}

    /** Sends a chat message to everyone. */
    record SendChat(String text) implements ConferenceCommand {}
}
