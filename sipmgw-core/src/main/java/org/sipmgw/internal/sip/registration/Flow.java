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
import org.sipmgw.internal.sip.SipBinding;
import org.sipmgw.internal.sip.SipHop;
import org.sipmgw.internal.sip.auth.DigestClient;

/**
 * One registration of one account through one server, and its life: sans-IO. It is told answers and the time, and says by
 * {@link FlowPort} what to do. Not thread-safe.
 */
final class Flow {
    private static final Duration LAST_SERVER = Duration.ofSeconds(33);
    private static final Duration ONE_OF_SEVERAL = Duration.ofSeconds(5);
    private static final Duration UDP_KEEP_ALIVE = Duration.ofSeconds(29);
    private static final Duration TCP_KEEP_ALIVE = Duration.ofSeconds(120);
    private static final Duration CONNECTION_CHECK = Duration.ofSeconds(1);
    private static final Duration SHORT_CONNECTION = Duration.ofSeconds(10);
    private static final int MOST_ROUNDS = 8;

    private final Account account;
    private final FlowIdentity identity;
    private final List<SipServer> through;
    private final FlowPort port;
    private final Pauses pauses;
    private final RegisterText texts;
    private final Optional<DigestClient> registrarDigest;
    private final Optional<DigestClient> proxyDigest;
    private List<SipServer> targets;
    private String registrar;
    private List<SipHop> hops = List.of();
    private int hop;
    private int attempt;
    private int rounds;
    private int failures;
    private int refusals;
    private int shortConnections;
    private boolean outbound;
    private boolean ending;
    private Duration life;
    private State state = State.UNREGISTERED;
    private int sipStatus;
    private String detail = "not started";
    private Optional<Instant> expires = Optional.empty();
    private Optional<Instant> next = Optional.empty();
    private Instant registeredAt = Instant.MIN;
    private Instant keepAliveAt = Instant.MAX;
    private Instant checkAt = Instant.MAX;
    private Duration keepAlive = TCP_KEEP_ALIVE;
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
        this.outbound = account.registration().flows();
        this.life = account.registration().interval();
        this.targets = through.isEmpty() ? List.of(account.address().domain()) : through;
        this.texts = new RegisterText(account, identity, through);
        this.registrar = RegisterText.registrar(
                account.address().domain(), account.address().secure());
        this.registrarDigest = account.credentials().map(DigestClient::new);
        this.proxyDigest = account.credentials().map(DigestClient::new);
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
        become(State.REGISTERING, "finding the registrar", now);
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
                        registrarDigest,
                        proxyDigest));
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
            unregistered(answer.reason(), now);
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
        } else if (status == 0 || status == 408 || status == 430 || status >= 500 && status < 600) {
            failedOver(answer, now);
        } else {
            refused(status + " " + answer.reason(), answer, now);
        }
    }

    private boolean again() {
        return ++rounds <= MOST_ROUNDS;
    }

    private void challenged(SipAnswer answer, Instant now) {
        boolean byProxy = answer.status() == 407;
        List<String> challenges = answer.all(byProxy ? "Proxy-Authenticate" : "WWW-Authenticate");
        Optional<DigestClient.Outcome> outcome =
                (byProxy ? proxyDigest : registrarDigest).map(client -> client.challenged(challenges));
        if (outcome.isEmpty()) {
            refused("the registrar asks for a password and the account has none", answer, now);
        } else if (outcome.get() == DigestClient.Outcome.ANSWER && again()) {
            send(now);
        } else if (outcome.get() == DigestClient.Outcome.UNSUPPORTED) {
            refused("the registrar asks for an authentication that is not known here", answer, now);
        } else {
            refused("user or password is wrong", answer, now);
        }
    }

    private void accepted(SipAnswer answer, Instant now) {
        registrarDigest.ifPresent(DigestClient::accepted);
        proxyDigest.ifPresent(DigestClient::accepted);
        if (ending) {
            unregistered("taken back", now);
            return;
        }
        Duration given = Duration.ofSeconds(Math.max(1, identity.expires(answer).orElse((int) life.toSeconds())));
        failures = 0;
        refusals = 0;
        rounds = 0;
        serviceRoute = answer.all("Service-Route");
        gruu = identity.gruu(answer);
        boolean datagrams = hops.get(hop).protocol() == SipBinding.Protocol.UDP;
        keepAlive = answer.seconds("Flow-Timer")
                .map(Duration::ofSeconds)
                .orElse(datagrams ? UDP_KEEP_ALIVE : TCP_KEEP_ALIVE);
        keepAliveAt = now.plus(pauses.beforeKeepAlive(keepAlive));
        checkAt = datagrams || shortConnections > 1 ? Instant.MAX : now.plus(CONNECTION_CHECK);
        registeredAt = now;
        expires = Optional.of(now.plus(given));
        next = Optional.of(now.plus(pauses.beforeRefresh(given)));
        become(State.REGISTERED, "for " + given.toSeconds() + " s", now);
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
            unregistered(why, now);
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
        keepAliveAt = Instant.MAX;
        checkAt = Instant.MAX;
        serviceRoute = List.of();
        targets = through.isEmpty() ? List.of(account.address().domain()) : through;
        registrar = RegisterText.registrar(
                account.address().domain(), account.address().secure());
        next = Optional.of(now.plus(pause));
        become(why, reason, now);
    }

    private void unregistered(String why, Instant now) {
        waiting = false;
        deadline = Instant.MAX;
        expires = Optional.empty();
        next = Optional.empty();
        become(State.UNREGISTERED, why, now);
    }

    /** Takes the registration back, where there is one. */
    void end(Instant now) {
        ending = true;
        keepAliveAt = Instant.MAX;
        checkAt = Instant.MAX;
        rounds = 0;
        if (state == State.REGISTERED) {
            send(now);
        } else {
            unregistered("closed", now);
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
        } else if (state == State.REGISTERED && !waiting && !ending) {
            watch(now);
        }
    }

    private void watch(Instant now) {
        if (!now.isBefore(checkAt)) {
            checkAt = now.plus(CONNECTION_CHECK);
            if (!port.connected(hops.get(hop))) {
                boolean soon = now.isBefore(registeredAt.plus(SHORT_CONNECTION));
                // a registrar that closes after each answer reaches us by our Contact: no reason to register for ever
                shortConnections = soon ? shortConnections + 1 : 0;
                detail = "the connection was closed";
                start(now);
                return;
            }
        }
        if (!now.isBefore(keepAliveAt)) {
            keepAliveAt = now.plus(pauses.beforeKeepAlive(keepAlive));
            port.keepAlive(hops.get(hop));
        }
    }

    private void become(State now, String why, Instant at) {
        state = now;
        detail = why;
        port.changed(this);
    }
}
