package org.sipmgw.internal.sip.registration;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.sipmgw.account.Account;
import org.sipmgw.account.RegistrationStatus;
import org.sipmgw.account.RegistrationStatus.State;
import org.sipmgw.account.SipServer;
import org.sipmgw.internal.sip.SipAnswer;
import org.sipmgw.internal.sip.SipHop;
import org.sipmgw.internal.sip.SipPlace;

/**
 * One registration of one account through one server, and its life: sans-IO. It is told answers and the time, and says by
 * {@link FlowPort} what to do. Not thread-safe.
 */
final class Flow {
    private static final Duration LAST_SERVER = Duration.ofMillis(32_500);
    private static final Duration ONE_OF_SEVERAL = Duration.ofSeconds(5);
    private static final int MOST_ROUNDS = 8;

    private final Account account;
    private final FlowIdentity identity;
    private final List<SipServer> through;
    private final FlowPort port;
    private final Pauses pauses;
    private final RegisterText texts;
    private final FlowWatch watch;
    private final FlowDigest digest;
    private final FlowContact contact = new FlowContact();
    private List<SipServer> targets;
    private String registrar;
    private List<SipHop> hops = List.of();
    private int hop;
    private int attempt;
    private int rounds;
    private int failures;
    private int refusals;
    private boolean outbound;
    private boolean ending;
    private Duration life;
    private State state = State.UNREGISTERED;
    private int sipStatus;
    private String detail = "not started";
    private Optional<Instant> expires = Optional.empty();
    private Optional<Instant> next = Optional.empty();
    private List<String> serviceRoute = List.of();
    private Optional<String> gruu = Optional.empty();
    private boolean waiting;
    private Instant deadline = Instant.MAX;

    /** @param through proxies in order of preference; empty: the account's own domain */
    Flow(Account account, FlowIdentity identity, List<SipServer> through, FlowPort port, Pauses pauses) {
        this.account = account;
        this.identity = identity;
        this.through = through;
        this.port = port;
        this.pauses = pauses;
        this.watch = new FlowWatch(port, pauses);
        this.outbound = account.registration().flows();
        this.life = account.registration().interval();
        this.targets = through.isEmpty() ? List.of(account.address().domain()) : through;
        this.texts = new RegisterText(account, identity, through);
        this.registrar = RegisterText.registrar(
                account.address().domain(), account.address().secure());
        this.digest = new FlowDigest(account.credentials());
    }

    Account account() {
        return account;
    }

    FlowIdentity identity() {
        return identity;
    }

    /** The servers to find now: proxies, the domain, or where the registrar has redirected us. */
    List<SipServer> targets() {
        return targets;
    }

    /** The Route that requests of this account take through the registrar's domain (RFC 3608). */
    List<String> serviceRoute() {
        return serviceRoute;
    }

    /** Whether the server takes part in RFC 5626. */
    boolean outbound() {
        return outbound;
    }

    Optional<String> gruu() {
        return gruu;
    }

    /** The server that took the registration. */
    Optional<SipHop> server() {
        return state == State.REGISTERED ? Optional.of(hops.get(hop)) : Optional.empty();
    }

    boolean ended() {
        return state == State.UNREGISTERED && !waiting;
    }

    RegistrationStatus status() {
        SipServer server = through.isEmpty() ? account.address().domain() : through.get(0);
        return new RegistrationStatus(
                account.address(),
                server.hostInUri() + (server.port() > 0 ? ":" + server.port() : ""),
                state,
                sipStatus,
                detail,
                expires,
                next);
    }

    void start(Instant now) {
        become(State.REGISTERING, "finding the registrar");
        rounds = 0;
        waiting = true;
        next = Optional.empty();
        attempt++;
        port.locate(this);
    }

    /** The servers were looked for. */
    void located(List<SipHop> found, Instant now) {
        if (ending || state != State.REGISTERING) {
            return;
        }
        hops = found;
        hop = 0;
        if (found.isEmpty()) {
            failed("no server found for " + targets.get(0).host(), now);
        } else {
            send(now);
        }
    }

    private void send(Instant now) {
        attempt++;
        waiting = true;
        next = Optional.empty();
        deadline = now.plus(hop + 1 < hops.size() ? ONE_OF_SEVERAL : LAST_SERVER);
        port.send(
                this,
                attempt,
                texts.next(
                        hops.get(hop),
                        registrar,
                        ending ? Duration.ZERO : life,
                        outbound,
                        contact,
                        digest.registrar(),
                        digest.proxy()));
    }

    /** An answer to the attempt of that number, or that there is none. */
    void answered(int toAttempt, SipAnswer answer, Instant now) {
        if (toAttempt != attempt || !waiting) {
            return;
        }
        waiting = false;
        deadline = Instant.MAX;
        sipStatus = answer.status();
        int status = answer.status();
        if (status >= 200 && status < 300) {
            accepted(answer, now);
        } else if (ending && status != 401 && status != 407) {
            unregistered(answer.reason());
        } else if (status == 401 || status == 407) {
            challenged(answer, now);
        } else if (status == 423 && answer.seconds("Min-Expires").orElse(0) > life.toSeconds() && again()) {
            life = Duration.ofSeconds(answer.seconds("Min-Expires").orElse(0));
            send(now);
        } else if (status == 439 && outbound) {
            // the first hop does not do RFC 5626 (section 6)
            outbound = false;
            send(now);
        } else if (status >= 300 && status < 400 && again()) {
            redirected(answer, now);
        } else if (status == 0 || status == 408 || status == 430 || (status >= 500 && status < 600)) {
            failedOver(answer, now);
        } else {
            refused(status + " " + answer.reason(), answer, now);
        }
    }

    private boolean again() {
        return ++rounds <= MOST_ROUNDS;
    }

    /** The server has answered a STUN request, and sees us there. */
    void pinged(SipPlace place) {
        watch.answered(place);
    }

    private void challenged(SipAnswer answer, Instant now) {
        Optional<String> refusal = digest.challenged(answer);
        if (refusal.isEmpty() && again()) {
            send(now);
        } else {
            refused(refusal.orElse("the registrar is never content"), answer, now);
        }
    }

    private void accepted(SipAnswer answer, Instant now) {
        digest.accepted();
        if (ending) {
            unregistered("taken back");
            return;
        }
        if (movedContact(answer)) {
            send(now);
            return;
        }
        Duration given = Duration.ofSeconds(Math.max(1, identity.expires(answer).orElse((int) life.toSeconds())));
        failures = 0;
        refusals = 0;
        rounds = 0;
        serviceRoute = answer.all("Service-Route");
        gruu = identity.gruu(answer);
        watch.begin(hops.get(hop), answer, now);
        expires = Optional.of(now.plus(given));
        next = Optional.of(now.plus(pauses.beforeRefresh(given)));
        become(State.REGISTERED, "for " + given.toSeconds() + " s");
    }

    /** With a flow in use the registrar finds us by it, whatever the Contact says (RFC 5626 section 4.2.1). */
    private boolean movedContact(SipAnswer answer) {
        boolean byFlow = outbound && answer.all("Require").stream().anyMatch("outbound"::equalsIgnoreCase);
        if (byFlow || !port.learnsContacts() || !contact.moved(hops.get(hop), answer)) {
            return false;
        }
        contact.place().ifPresent(place -> port.seen(hops.get(hop), place));
        return true;
    }

    private void redirected(SipAnswer answer, Instant now) {
        List<SipServer> elsewhere = Redirects.targets(answer);
        if (elsewhere.isEmpty()) {
            refused(answer.status() + " without a usable Contact", answer, now);
            return;
        }
        targets = elsewhere;
        registrar = RegisterText.registrar(elsewhere.get(0), account.address().secure());
        waiting = true;
        state = State.REGISTERING;
        port.locate(this);
    }

    private void failedOver(SipAnswer answer, Instant now) {
        if (hop + 1 < hops.size()) {
            hop++;
            send(now);
        } else {
            failed((answer.status() == 0 ? "" : answer.status() + " ") + answer.reason(), now);
            answer.seconds("Retry-After")
                    .ifPresent(seconds ->
                            next = next.map(at -> now.plus(Pauses.atLeast(Duration.between(now, at), seconds))));
        }
    }

    private void failed(String why, Instant now) {
        failures++;
        pause(State.UNREACHABLE, why, pauses.afterFailures(failures), now);
    }

    private void refused(String why, SipAnswer answer, Instant now) {
        if (ending) {
            unregistered(why);
            return;
        }
        refusals++;
        Duration pause = pauses.afterRefusals(refusals);
        pause(
                State.REFUSED,
                why,
                Pauses.atLeast(pause, answer.seconds("Retry-After").orElse(0)),
                now);
    }

    private void pause(State why, String reason, Duration pause, Instant now) {
        waiting = false;
        deadline = Instant.MAX;
        expires = Optional.empty();
        watch.end();
        serviceRoute = List.of();
        targets = through.isEmpty() ? List.of(account.address().domain()) : through;
        registrar = RegisterText.registrar(
                account.address().domain(), account.address().secure());
        next = Optional.of(now.plus(pause));
        become(why, reason);
    }

    private void unregistered(String why) {
        waiting = false;
        deadline = Instant.MAX;
        expires = Optional.empty();
        next = Optional.empty();
        become(State.UNREGISTERED, why);
    }

    /** Takes the registration back, where there is one. */
    void end(Instant now) {
        ending = true;
        watch.end();
        rounds = 0;
        if (state == State.REGISTERED) {
            send(now);
        } else {
            unregistered("closed");
        }
    }

    /** To be called a few times a second. */
    void tick(Instant now) {
        if (waiting && !now.isBefore(deadline)) {
            answered(attempt, SipAnswer.none("no answer in time"), now);
        } else if (!ending && next.isPresent() && !now.isBefore(next.get())) {
            if (state == State.REGISTERED) {
                // the same server again, through the same connection
                rounds = 0;
                send(now);
            } else {
                start(now);
            }
        } else if (state == State.REGISTERED && !waiting && !ending && !watch.stands(this, hops.get(hop), now)) {
            start(now);
        }
    }

    private void become(State next, String why) {
        state = next;
        detail = why;
        port.changed(this);
    }
}
