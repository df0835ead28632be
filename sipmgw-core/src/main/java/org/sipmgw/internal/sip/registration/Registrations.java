package org.sipmgw.internal.sip.registration;

import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import org.sipmgw.account.Account;
import org.sipmgw.account.RegistrationStatus;
import org.sipmgw.account.SipServer;
import org.sipmgw.internal.sip.HopLookup;
import org.sipmgw.internal.sip.SipBinding;
import org.sipmgw.internal.sip.SipEndpoint;
import org.sipmgw.internal.sip.SipHop;
import org.sipmgw.internal.sip.SipPlace;
import org.sipmgw.internal.sip.SipRequestText;

/** Keeps accounts registered while it is open. Thread-safe; all flows live on one thread of its own. */
public final class Registrations implements AutoCloseable {
    private static final System.Logger LOG = System.getLogger(Registrations.class.getName());
    private static final long TICK_MS = 200;
    private static final long FAREWELL_MS = 2000;

    private final SipEndpoint endpoint;
    private final HopLookup lookup;
    private final Consumer<RegistrationStatus> listener;
    private final List<Flow> flows;
    private final ScheduledExecutorService loop =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "sipmgw-registrations"));
    private final ExecutorService lookups = Executors.newFixedThreadPool(2, task -> daemon(task, "sipmgw-dns"));
    private volatile List<RegistrationStatus> statuses = List.of();
    private volatile List<RegisteredFlow> standing = List.of();

    private Registrations(
            SipEndpoint endpoint, HopLookup lookup, List<Account> accounts, Consumer<RegistrationStatus> listener) {
        this.endpoint = endpoint;
        this.lookup = lookup;
        this.listener = listener;
        this.flows = Flows.of(accounts, endpoint.bindings(), new Port());
        this.statuses = flows.stream().map(Flow::status).toList();
    }

    /**
     * Begins to register.
     *
     * @param listener told each change of a status, on this object's thread; returns at once
     */
    public static Registrations start(
            SipEndpoint endpoint, HopLookup lookup, List<Account> accounts, Consumer<RegistrationStatus> listener) {
        Registrations made = new Registrations(endpoint, lookup, accounts, listener);
        made.loop.execute(() -> made.flows.forEach(flow -> flow.start(Instant.now())));
        var unused = made.loop.scheduleWithFixedDelay(
                () -> made.guarded(() -> made.flows.forEach(flow -> flow.tick(Instant.now()))),
                TICK_MS,
                TICK_MS,
                TimeUnit.MILLISECONDS);
        return made;
    }

    /** How all registrations stand. */
    public List<RegistrationStatus> statuses() {
        return statuses;
    }

    /** What calls of that account need to know; empty while it is not registered. */
    public Optional<RegisteredFlow> flow(Account account) {
        return standing.stream().filter(one -> one.account().equals(account)).findFirst();
    }

    /** The account whose Contact this token stands in. */
    public Optional<Account> account(String token) {
        return flows.stream()
                .filter(flow -> flow.identity().token().equals(token))
                .map(Flow::account)
                .findFirst();
    }

    private void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException problem) {
            // the next tick must come
            LOG.log(System.Logger.Level.ERROR, "registration", problem);
        }
    }

    private void post(Runnable task) {
        try {
            loop.execute(() -> guarded(task));
        } catch (RejectedExecutionException closed) {
            LOG.log(System.Logger.Level.DEBUG, "an answer after the end");
        }
    }

    /** Takes all registrations back; waits for the answers, at most 2 s. Idempotent. */
    @Override
    public void close() {
        if (loop.isShutdown()) {
            return;
        }
        CountDownLatch done = new CountDownLatch(1);
        post(() -> flows.forEach(flow -> flow.end(Instant.now())));
        long end = System.nanoTime() + FAREWELL_MS * 1_000_000;
        var unused = loop.scheduleWithFixedDelay(
                () -> {
                    if (flows.stream().allMatch(Flow::ended) || System.nanoTime() - end > 0) {
                        done.countDown();
                    }
                },
                5,
                20,
                TimeUnit.MILLISECONDS);
        try {
            if (!done.await(FAREWELL_MS * 2, TimeUnit.MILLISECONDS)) {
                LOG.log(System.Logger.Level.WARNING, "registrations not taken back in time");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        loop.shutdownNow();
        lookups.shutdownNow();
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    private final class Port implements FlowPort {
        @Override
        public void locate(Flow flow) {
            List<SipServer> targets = flow.targets();
            boolean secure = flow.account().address().secure();
            try {
                lookups.execute(() -> {
                    List<SipHop> hops = new ArrayList<>();
                    for (SipServer target : targets) {
                        find(target, secure)
                                .forEach(hop -> hops.add(hop.withCertificate(
                                        flow.account().registration().certificate())));
                    }
                    post(() -> flow.located(hops, Instant.now()));
                });
            } catch (RejectedExecutionException closing) {
                LOG.log(System.Logger.Level.DEBUG, "no look-up after the end");
            }
        }

        private List<SipHop> find(SipServer target, boolean secure) {
            try {
                return lookup.find(
                        target.host(),
                        target.port(),
                        target.transport()
                                .map(t -> SipBinding.Protocol.valueOf(t.name()))
                                .orElse(null),
                        secure);
            } catch (IOException | RuntimeException problem) {
                LOG.log(System.Logger.Level.DEBUG, "looking for " + target, problem);
                return List.of();
            }
        }

        @Override
        public void send(Flow flow, int attempt, SipRequestText request) {
            endpoint.send(request, answer -> post(() -> flow.answered(attempt, answer, Instant.now())));
        }

        @Override
        public boolean connected(SipHop hop) {
            return endpoint.connected(hop);
        }

        @Override
        public void keepAlive(SipHop hop) {
            endpoint.keepAlive(hop);
        }

        @Override
        public void ping(Flow flow, SipHop hop) {
            endpoint.ping(hop, place -> post(() -> flow.pinged(place)));
        }

        @Override
        public boolean learnsContacts() {
            return endpoint.learnsContacts();
        }

        @Override
        public void seen(SipHop by, SipPlace place) {
            endpoint.seen(by, place);
        }

        @Override
        public void changed(Flow flow) {
            statuses = flows.stream().map(Flow::status).toList();
            standing = flows.stream()
                    .flatMap(any -> any.server().stream().map(server -> RegisteredFlow.of(any, server)))
                    .toList();
            listener.accept(flow.status());
        }
    }
}
