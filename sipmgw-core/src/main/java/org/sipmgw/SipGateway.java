package org.sipmgw;

import java.io.IOException;
import java.security.SecureRandom;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.sipmgw.EndReason.Cause;
import org.sipmgw.account.Account;
import org.sipmgw.account.RegistrationStatus;
import org.sipmgw.conference.Room;
import org.sipmgw.internal.sip.HopLookup;
import org.sipmgw.internal.sip.SipBinding;
import org.sipmgw.internal.sip.SipCall;
import org.sipmgw.internal.sip.SipEndpoint;
import org.sipmgw.internal.sip.SipLeg;
import org.sipmgw.internal.sip.SipRefusal;
import org.sipmgw.internal.sip.SipSettings;
import org.sipmgw.internal.sip.location.JndiDomainNames;
import org.sipmgw.internal.sip.location.ServerLocation;
import org.sipmgw.spi.DeviceException;

/** The gateway: an endpoint, some loops, and the calls on them. */
final class SipGateway implements Gateway {
    private static final System.Logger LOG = System.getLogger(SipGateway.class.getName());
    private static final int CLOSE_SECONDS = 30;

    /**
     * A call that lasts a second leaves two behind, for 32 s in case they come again; from four fifths of its bound on the
     * stack drops some, without a word.
     */
    private static final int TRANSACTIONS_PER_CALL = 2 * 32 * 2;

    private enum Phase {
        NEW,
        STARTED,
        CLOSING,
        CLOSED
    }

    private final GatewayParts parts;
    private final Map<String, BridgedCall> calls = new ConcurrentHashMap<>();
    private final AtomicLong counter = new AtomicLong();
    private final List<CallLoop> loops;
    private final BlockingWork work = new BlockingWork();
    private volatile Phase phase = Phase.NEW;
    private volatile @Nullable SipEndpoint endpoint;

    SipGateway(GatewayParts parts) {
        this.parts = parts;
        int threads = Math.max(1, Math.min(4, Runtime.getRuntime().availableProcessors()));
        this.loops = IntStream.range(0, threads)
                .mapToObj(i -> new CallLoop("sipmgw-calls-" + i))
                .toList();
    }

    @Override
    public synchronized void start() {
        if (phase != Phase.NEW) {
            throw new IllegalStateException("the gateway was started or closed before");
        }
        List<SipBinding> bindings = parts.points().stream()
                .map(point -> new SipBinding(protocol(point.transport()), point.address(), point.port()))
                .toList();
        int transactions = Math.max(4000, parts.config().maxCalls() * TRANSACTIONS_PER_CALL);
        phase = Phase.STARTED;
        try {
            HopLookup lookup = new ServerLocation(new JndiDomainNames("dns:"), new SecureRandom());
            SipSettings settings = new SipSettings(
                    parts.config().userAgent(),
                    transactions,
                    parts.tls(),
                    parts.admission(),
                    parts.config().retryAfter(),
                    parts.config().trafficClass(),
                    parts.sessionTimers().minimum(),
                    parts.publicAddress().map(PublicSipAddress::place));
            SipEndpoint opened = SipEndpoint.open(bindings, settings, lookup, this::invited);
            endpoint = opened;
            parts.accounts().start(opened, lookup, parts.listener()::onRegistration);
        } catch (IOException e) {
            phase = Phase.NEW;
            throw new DeviceException("SIP listening point", "bind", CallEnd.detail(e), e);
        }
    }

    private void invited(SipLeg leg) {
        if (leg.replaced().isEmpty()) {
            begin(leg, Optional.empty());
            return;
        }
        Optional<BridgedCall> replaced = leg.replaced()
                .flatMap(other ->
                        calls.values().stream().filter(call -> call.has(other)).findFirst());
        replaced.ifPresentOrElse(
                call -> call.replaceBy(leg), () -> leg.refuse(SipRefusal.of(481, "the call to replace has ended")));
    }

    @Override
    public Call call(String uri, Room room, CallOptions options) {
        SipEndpoint open = endpoint;
        if (phase != Phase.STARTED || open == null) {
            throw new IllegalStateException("the gateway is not started, or closed");
        }
        SipCall placed = open.place(parts.accounts().target(uri, options));
        return begin(placed.leg(), Optional.of(new PlacedCall(placed, room, options)));
    }

    private BridgedCall begin(SipLeg leg, Optional<PlacedCall> placed) {
        long number = counter.incrementAndGet();
        CallLoop loop = loops.get((int) (number % loops.size()));
        BridgedCall call =
                new BridgedCall("call-" + number, leg, placed, parts, loop, work, gone -> calls.remove(gone.id()));
        leg.listen(call.legReports());
        if (placed.isEmpty()) {
            call.request().account().flatMap(Account::credentials).ifPresent(leg::credentials);
        }
        boolean room;
        synchronized (calls) {
            room = calls.size() < parts.config().maxCalls();
            if (room && phase == Phase.STARTED) {
                calls.put(call.id(), call);
            }
        }
        if (phase != Phase.STARTED) {
            call.end(Cause.SHUTDOWN, 503, "The gateway is closing");
        } else if (!room) {
            call.end(Cause.BUSY, 503, "Too many calls");
        } else {
            call.begin();
        }
        return call;
    }

    @Override
    public List<ListeningPoint> listeningPoints() {
        SipEndpoint open = endpoint;
        return open == null
                ? List.of()
                : open.bindings().stream()
                        .map(binding -> new ListeningPoint(
                                Transport.valueOf(binding.protocol().name()), binding.address(), binding.port()))
                        .toList();
    }

    @Override
    public List<RegistrationStatus> registrations() {
        return parts.accounts().statuses();
    }

    @Override
    public List<Call> calls() {
        return List.copyOf(calls.values());
    }

    @Override
    public synchronized void close() {
        if (phase == Phase.CLOSED) {
            return;
        }
        phase = Phase.CLOSING;
        List<BridgedCall> open;
        synchronized (calls) {
            open = List.copyOf(calls.values());
        }
        parts.accounts().close();
        open.forEach(call -> call.end(Cause.SHUTDOWN, 503, "The gateway is closing"));
        awaitEnded(open);
        SipEndpoint listening = endpoint;
        if (listening != null) {
            listening.close();
        }
        work.close();
        loops.forEach(CallLoop::close);
        phase = Phase.CLOSED;
    }

    private static void awaitEnded(List<BridgedCall> open) {
        CompletableFuture<?>[] ends =
                open.stream().map(call -> call.ended().toCompletableFuture()).toArray(CompletableFuture[]::new);
        try {
            CompletableFuture.allOf(ends).get(CLOSE_SECONDS, TimeUnit.SECONDS);
        } catch (TimeoutException | ExecutionException e) {
            LOG.log(System.Logger.Level.WARNING, "calls did not end in time: " + open, e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private static SipBinding.Protocol protocol(Transport transport) {
        return SipBinding.Protocol.valueOf(transport.name());
    }
}
