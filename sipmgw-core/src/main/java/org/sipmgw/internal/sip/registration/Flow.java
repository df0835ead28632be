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
    private final FlowRoute route;
    private final FlowPort port;
    private final Pauses pauses;
    private final RegisterText texts;
    private final FlowWatch watch;
    private final FlowDigest digest;
    private final FlowStanding standing = new FlowStanding();
    private final FlowContact contact = new FlowContact();
    private int attempt;
    private int rounds;
    private int failures;
    private int refusals;
    private boolean outbound;
    private boolean ending;
    private boolean takingBack;
    private Duration life;
    private boolean waiting;
    private Instant deadline = Instant.MAX;

    /** @param through proxies in order of preference; empty: the account's own domain */
    Flow(Account account, FlowIdentity identity, List<SipServer> through, FlowPort port, Pauses pauses) {
        this.account = account;
        this.identity = identity;
        this.route = new FlowRoute(account, through);
        this.port = port;
        this.pauses = pauses;
        this.watch = new FlowWatch(port, pauses);
        this.outbound = account.registration().flows();
        this.life = account.registration().interval();
        this.texts = new RegisterText(account, identity, through);
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
        return route.targets();
    }

    /** The Route that requests of this account take through the registrar's domain (RFC 3608). */
    List<String> serviceRoute() {
        return standing.serviceRoute();
    }

    /** Whether the server takes part in RFC 5626. */
    boolean outbound() {
        return outbound;
    }

    Optional<String> gruu() {
        return standing.gruu();
    }

    /** The server that took the registration. */
    Optional<SipHop> server() {
        return standing.is(State.REGISTERED) ? route.server() : Optional.empty();
    }

    boolean ended() {
        return standing.is(State.UNREGISTERED) && !waiting;
    }

    RegistrationStatus status() {
        return standing.status(account, route.named());
    }

    void start(Instant now) {
        standing.become(State.REGISTERING, "finding the registrar");
        port.changed(this);
        rounds = 0;
        waiting = true;
        standing.awaiting();
        attempt++;
        port.locate(this);
    }

    /** The servers were looked for. */
    void located(List<SipHop> found, Instant now) {
        if (ending || !standing.is(State.REGISTERING)) {
            return;
        }
        route.found(found);
        if (found.isEmpty()) {
            failed("no server found for " + route.targets().get(0).host(), now);
        } else {
            send(now);
        }
    }

    private void send(Instant now) {
        attempt++;
        waiting = true;
        takingBack = ending;
        standing.awaiting();
        deadline = now.plus(route.hasNext() ? ONE_OF_SEVERAL : LAST_SERVER);
        port.send(
                this,
                attempt,
                texts.next(
                        route.server().orElseThrow(),
                        route.registrar(),
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
        standing.answered(answer.status());
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
        if (takingBack) {
            unregistered("taken back");
            return;
        }
        if (ending) {
            // this one was under way when the end came
            send(now);
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
        watch.begin(route.server().orElseThrow(), answer, now);
        standing.registered(answer, identity.gruu(answer), given, pauses.beforeRefresh(given), now);
        port.changed(this);
    }

    /** With a flow in use the registrar finds us by it, whatever the Contact says (RFC 5626 section 4.2.1). */
    private boolean movedContact(SipAnswer answer) {
        boolean byFlow = outbound && answer.all("Require").stream().anyMatch("outbound"::equalsIgnoreCase);
        if (byFlow || !port.learnsContacts() || !contact.moved(route.server().orElseThrow(), answer)) {
            return false;
        }
        contact.place().ifPresent(place -> port.seen(route.server().orElseThrow(), place));
        return true;
    }

    private void redirected(SipAnswer answer, Instant now) {
        List<SipServer> elsewhere = Redirects.targets(answer);
        if (elsewhere.isEmpty()) {
            refused(answer.status() + " without a usable Contact", answer, now);
            return;
        }
        route.redirect(elsewhere);
        waiting = true;
        standing.become(State.REGISTERING, "finding the registrar that it names");
        port.locate(this);
    }

    private void failedOver(SipAnswer answer, Instant now) {
        if (route.hasNext()) {
            route.next();
            send(now);
        } else {
            failed((answer.status() == 0 ? "" : answer.status() + " ") + answer.reason(), now);
            answer.seconds("Retry-After").ifPresent(seconds -> standing.notBefore(seconds, now));
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
        watch.end();
        route.reset();
        standing.paused(why, reason, pause, now);
        port.changed(this);
    }

    private void unregistered(String why) {
        waiting = false;
        deadline = Instant.MAX;
        standing.unregistered(why);
        port.changed(this);
    }

    /** Takes the registration back, where there is one. */
    void end(Instant now) {
        ending = true;
        watch.end();
        rounds = 0;
        if (standing.is(State.REGISTERED)) {
            send(now);
        } else if (!waiting || deadline.equals(Instant.MAX)) {
            // no REGISTER is under way: with one its answer says whether there is something to take back
            unregistered("closed");
        }
    }

    /** To be called a few times a second. */
    void tick(Instant now) {
        if (waiting && !now.isBefore(deadline)) {
            answered(attempt, SipAnswer.none("no answer in time"), now);
        } else if (!ending && standing.due(now)) {
            if (standing.is(State.REGISTERED)) {
                // the same server again, through the same connection
                rounds = 0;
                send(now);
            } else {
                start(now);
            }
        } else if (standing.is(State.REGISTERED)
                && !waiting
                && !ending
                && !watch.stands(this, route.server().orElseThrow(), now)) {
            start(now);
        }
    }
}
