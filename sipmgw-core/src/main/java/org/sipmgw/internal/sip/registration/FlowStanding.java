package org.sipmgw.internal.sip.registration;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sipmgw.account.Account;
import org.sipmgw.account.RegistrationStatus;
import org.sipmgw.account.RegistrationStatus.State;
import org.sipmgw.internal.sip.SipAnswer;

/**
 * How it stands with one registration, what the registrar has given with it, and when something is to be done next. Not
 * thread-safe.
 */
final class FlowStanding {
    private State state = State.UNREGISTERED;
    private int sipStatus;
    private String detail = "not started";
    private Optional<Instant> expires = Optional.empty();
    private Optional<Instant> next = Optional.empty();
    private List<String> serviceRoute = List.of();
    private Optional<String> gruu = Optional.empty();

    boolean is(State asked) {
        return state == asked;
    }

    List<String> serviceRoute() {
        return serviceRoute;
    }

    Optional<String> gruu() {
        return gruu;
    }

    RegistrationStatus status(Account account, String server) {
        return new RegistrationStatus(account.address(), server, state, sipStatus, detail, expires, next);
    }

    void answered(int status) {
        sipStatus = status;
    }

    void become(State now, String why) {
        state = now;
        detail = why;
    }

    /** An answer is awaited: nothing is to be done by itself. */
    void awaiting() {
        next = Optional.empty();
    }

    /** Registered for a time, and to be refreshed after a shorter one. */
    void registered(SipAnswer answer, Optional<String> address, Duration life, Duration refresh, Instant now) {
        serviceRoute = answer.all("Service-Route");
        gruu = address;
        expires = Optional.of(now.plus(life));
        next = Optional.of(now.plus(refresh));
        become(State.REGISTERED, "for " + life.toSeconds() + " s");
    }

    /** Not registered; the next try is after a pause. */
    void paused(State as, String why, Duration pause, Instant now) {
        expires = Optional.empty();
        serviceRoute = List.of();
        next = Optional.of(now.plus(pause));
        become(as, why);
    }

    /** The server asks for patience. */
    void notBefore(int seconds, Instant now) {
        next = next.map(at -> now.plus(Pauses.atLeast(Duration.between(now, at), seconds)));
    }

    /** It is over. */
    void unregistered(String why) {
        expires = Optional.empty();
        next = Optional.empty();
        become(State.UNREGISTERED, why);
    }

    /** Whether something is to be done by now. */
    boolean due(Instant now) {
        return next.isPresent() && !now.isBefore(next.get());
    }
}
