package org.sipmgw;

import java.util.List;
import org.sipmgw.account.Account;
import org.sipmgw.account.RegistrationStatus;
import org.sipmgw.admission.AdmissionRules;
import org.sipmgw.conference.Room;
import org.sipmgw.spi.ConferenceJoiner;
import org.sipmgw.spi.MediaEngine;
import org.sipmgw.tls.TlsSettings;

/**
 * Takes SIP calls and joins each to a web conference. Thread-safe. The media engine and the joiners are passed in and
 * remain the embedder's: close them after the gateway.
 */
public interface Gateway extends AutoCloseable {

    /**
     * Binds the listening points and takes calls from now on.
     *
     * @throws org.sipmgw.spi.DeviceException when an address cannot be bound, naming it
     * @throws IllegalStateException when started or closed before
     */
    void start();

    /** Where the gateway listens, with the ports it really has. Empty before {@link #start()}. */
    List<ListeningPoint> listeningPoints();

    /** How the accounts' registrations stand, one entry for each flow. Empty before {@link #start()} and without accounts. */
    List<RegistrationStatus> registrations();

    /**
     * Calls a room system and joins it to a conference, as if it had called. Returns at once; the listener and
     * {@link Call#ended()} tell what becomes of it: {@link EndReason.Cause#REFUSED} with the other side's status,
     * {@link EndReason.Cause#NO_ANSWER}, or the causes of any call. {@link Call#hangUp()} cancels it.
     *
     * @param uri whom to call: {@code sip:user@host}, with port and {@code transport=udp|tcp|tls} where wanted, or sips:
     * @param room the conference
     * @param options as whom, and how
     * @throws IllegalArgumentException where an address is no SIP address
     * @throws IllegalStateException when not started or closed
     */
    Call call(String uri, Room room, CallOptions options);

    /** The calls that have not ended. */
    List<Call> calls();

    /** Ends all calls (BYE, leave), then frees the listening points; waits for all of it. Idempotent. */
    @Override
    void close();

    /** Begins a gateway. */
    static Builder builder() {
        return new GatewayBuilder();
    }

    /** What a gateway is made of. */
    interface Builder {
        /** Adds a listening point; at least one is needed, unless there is an account. */
        Builder listen(ListeningPoint point);

        /** Where room systems and servers reach us by SIP through a NAT; our own addresses, or what registrars see, else. */
        Builder publicAddress(PublicSipAddress address);

        /** Certificates of SIP over TLS; {@link TlsSettings#defaults()} where not given. */
        Builder tls(TlsSettings settings);

        /** Adds an account: the gateway registers it while it runs, and takes the calls that come for it. */
        Builder account(Account account);

        /** How often sessions are refreshed; {@link SessionTimers#defaults()} where not given. */
        Builder sessionTimers(SessionTimers terms);

        /** Who answers calls that come in; {@link AnswerPolicy#defaults()} where not given. */
        Builder answering(AnswerPolicy policy);

        /** Who may call, and how often; {@link AdmissionRules#defaults()} where not given. */
        Builder admission(AdmissionRules rules);

        /** The media engine; needed. */
        Builder mediaEngine(MediaEngine engine);

        /** Adds a joiner; at least one is needed. The first that accepts a room joins it. */
        Builder joiner(ConferenceJoiner joiner);

        /** Which room a call joins; needed. */
        Builder rooms(RoomResolver resolver);

        /** Limits; {@link GatewayConfig#defaults()} where not given. */
        Builder config(GatewayConfig config);

        /** Who is told what happens; nobody where not given. */
        Builder listener(CallListener listener);

        /**
         * Checks everything and makes the gateway; nothing is opened yet.
         *
         * @throws org.sipmgw.spi.ConfigException naming the part that is missing or wrong
         */
        Gateway build();
    }
}
