package org.sipmgw;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletionStage;
import org.sipmgw.conference.ConferenceCommand;
import org.sipmgw.conference.ConferenceState;
import org.sipmgw.conference.Room;
import org.sipmgw.spi.MediaStatistics;

/** One room system in one conference. Thread-safe; nothing here blocks. */
public interface Call {

    /** Unique in this gateway's life; fit for logs. */
    String id();

    /** Whether the gateway placed it. */
    boolean outgoing();

    /** Who calls and what for; where the gateway calls: who is called, and as whom. */
    CallRequest request();

    /** The conference of this call; empty until the resolver has answered. */
    Optional<Room> room();

    /** How far the call has come. */
    CallState state();

    /** What the page shows of our participant. */
    ConferenceState conference();

    /** Whether the room system holds the call. */
    boolean held();

    /** When the INVITE arrived, or the call was placed. */
    Instant since();

    /** From INVITE to 200, empty until answered. */
    Optional<Duration> answerTime();

    /** From the start of joining to joined, empty until joined. */
    Optional<Duration> joinTime();

    /** Whether the call took a browser that stood warm. */
    boolean warm();

    /** The call's processes, for accounting; empty before the browser is there. */
    Optional<Processes> processes();

    /** The devices of the kernel that the page has for camera and microphone; empty where it has none, or not yet. */
    default Optional<Devices> devices() {
        return Optional.empty();
    }

    /** A snapshot of the media counters. */
    MediaStatistics statistics();

    /** Why the call ended; empty until it has. */
    Optional<EndReason> endReason();

    /** Does something in the conference page. */
    CompletionStage<Void> command(ConferenceCommand command);

    /**
     * Presses keys in the room: as telephone events (RFC 4733) where those are agreed, else by INFO (dtmf-relay).
     *
     * @param keys each 0 to 9, *, #, A to D
     * @return completes when the last one was sent; fails where the call does not send now
     * @throws IllegalArgumentException for other characters
     */
    CompletionStage<Void> sendDtmf(String keys);

    /**
     * Asks the room system to call somebody else in place of this conference (REFER, RFC 3515). {@link
     * CallListener#onTransferProgress} tells how far it is; when it has succeeded the call ends with {@link
     * EndReason.Cause#TRANSFERRED}.
     *
     * @param uri a SIP or SIPS URI
     * @return completes when the room system has somebody else to talk to; fails with {@link TransferException}, and the call
     *     goes on, where it does not want to or cannot, or says nothing for three minutes
     * @throws IllegalArgumentException when it is no such URI
     */
    CompletionStage<Void> transfer(String uri);

    /**
     * The same, to the room system of another call of this gateway: the two talk to each other from then on, and the other
     * call ends too (Replaces, RFC 3891).
     *
     * @throws IllegalArgumentException when the other call is this one, or of another gateway
     */
    CompletionStage<Void> transfer(Call other);

    /** Asks the room system for nothing more: ends the call. Completes when nothing of it is left. */
    CompletionStage<EndReason> hangUp();

    /** Completes when the call has ended and nothing of it is left. */
    CompletionStage<EndReason> ended();

    /**
     * Root process ids of a call's children.
     *
     * @param browser the browser's driver
     * @param display the X server
     * @param sound the sound server
     */
    record Processes(long browser, long display, long sound) {}

    /**
     * Devices, for people.
     *
     * @param camera for example {@code /dev/video2 (Gateway 1)}: the file, and the name that pages see
     * @param microphone for example {@code card Loopback (Microphone Loopback)}
     */
    record Devices(String camera, String microphone) {}
}
