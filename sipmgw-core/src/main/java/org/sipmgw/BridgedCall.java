package org.sipmgw;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Consumer;
import java.util.function.Supplier;
import org.sipmgw.EndReason.Cause;
import org.sipmgw.account.Account;
import org.sipmgw.conference.ConferenceCommand;
import org.sipmgw.conference.ConferenceState;
import org.sipmgw.conference.Room;
import org.sipmgw.internal.sip.SipEndpoint;
import org.sipmgw.internal.sip.SipInvite;
import org.sipmgw.internal.sip.SipLeg;
import org.sipmgw.internal.sip.SipLegListener;
import org.sipmgw.spi.MediaStatistics;

/** A call as the embedder sees it: reads facts, and posts wishes to the call's loop. */
final class BridgedCall implements IncomingCall {
    private final String id;
    private final CallRequest request;
    private final boolean outgoing;
    private final CallFacts facts = new CallFacts();
    private final CallLoop loop;
    private final CallFlow flow;

    BridgedCall(
            String id,
            SipLeg leg,
            Optional<PlacedCall> placed,
            GatewayParts parts,
            CallLoop loop,
            BlockingWork work,
            Consumer<BridgedCall> forget) {
        this.id = id;
        this.request = request(
                leg.invite(),
                placed.map(mine -> mine.options().account())
                        .orElseGet(() -> parts.accounts().called(leg.invite())));
        this.outgoing = placed.isPresent();
        this.loop = loop;
        this.flow = new CallFlow(new CallParts(this, facts, leg, placed, parts, loop, work, () -> forget.accept(this)));
    }

    private static CallRequest request(SipInvite invite, Optional<Account> account) {
        return new CallRequest(
                invite.callId(),
                invite.requestUser(),
                invite.requestHost(),
                invite.fromUri(),
                invite.fromName(),
                invite.source(),
                invite.userAgent(),
                account);
    }

    void begin() {
        loop.post(flow::begin);
    }

    /** Ends the call, or refuses it at the door. */
    void end(Cause cause, int status, String detail) {
        loop.post(() -> flow.end(cause, status, detail));
    }

    boolean has(SipLeg leg) {
        return flow.room().leg().equals(leg);
    }

    /** Another dialog takes the place of the call's own. */
    void replaceBy(SipLeg other) {
        other.listen(legReports());
        loop.post(() -> flow.room().replaceBy(other));
    }

    SipLegListener legReports() {
        return new LegReports(flow::guarded, flow);
    }

    @Override
    public void accept() {
        loop.post(() -> flow.answering().accept(Optional.empty()));
    }

    @Override
    public void accept(Room room) {
        loop.post(() -> flow.answering().accept(Optional.of(room)));
    }

    @Override
    public void reject(int sipStatus, String detail) {
        if (sipStatus < 400 || sipStatus > 699) {
            throw new IllegalArgumentException("a refusal has a status from 400 to 699, not " + sipStatus);
        }
        loop.post(() -> flow.answering().reject(sipStatus, detail));
    }

    @Override
    public void redirect(String uri) {
        checkAddress(uri);
        loop.post(() -> flow.answering().redirect(uri));
    }

    private static void checkAddress(String uri) {
        if (!SipEndpoint.isAddress(uri)) {
            throw new IllegalArgumentException("not a SIP URI: " + uri);
        }
    }

    @Override
    public String id() {
        return id;
    }

    @Override
    public boolean outgoing() {
        return outgoing;
    }

    @Override
    public CallRequest request() {
        return request;
    }

    @Override
    public Optional<Room> room() {
        return facts.room;
    }

    @Override
    public CallState state() {
        return facts.state;
    }

    @Override
    public ConferenceState conference() {
        return facts.conference;
    }

    @Override
    public boolean held() {
        return facts.held;
    }

    @Override
    public Instant since() {
        return facts.since;
    }

    @Override
    public Optional<Duration> answerTime() {
        return facts.answerTime;
    }

    @Override
    public Optional<Duration> joinTime() {
        return facts.joinTime;
    }

    @Override
    public boolean warm() {
        return facts.warm;
    }

    @Override
    public Optional<Processes> processes() {
        return facts.processes;
    }

    @Override
    public Optional<Devices> devices() {
        return facts.devices;
    }

    @Override
    public MediaStatistics statistics() {
        return facts.statistics();
    }

    @Override
    public Optional<EndReason> endReason() {
        return facts.endReason;
    }

    @Override
    public CompletionStage<Void> command(ConferenceCommand command) {
        return onLoop(() -> flow.command(command));
    }

    @Override
    public CompletionStage<Void> sendDtmf(String keys) {
        KeySending.check(keys);
        return onLoop(() -> flow.room().sendKeys(keys));
    }

    @Override
    public CompletionStage<Void> transfer(String uri) {
        checkAddress(uri);
        return onLoop(() -> flow.room().transfer(uri));
    }

    @Override
    public CompletionStage<Void> transfer(Call other) {
        if (!(other instanceof BridgedCall call) || call.equals(this)) {
            throw new IllegalArgumentException("not another call of this gateway: " + other);
        }
        return call.flow
                .room()
                .leg()
                .place()
                .map(place -> onLoop(() -> flow.room().transfer(place)))
                .orElseGet(() -> CompletableFuture.failedFuture(
                        new IllegalStateException("the other call is not answered, or has ended")));
    }

    /** Does on the loop what completes later. */
    private CompletionStage<Void> onLoop(Supplier<CompletionStage<Void>> wish) {
        CompletableFuture<Void> done = new CompletableFuture<>();
        boolean posted = loop.post(() -> asked(wish).whenComplete((ignored, problem) -> {
            if (problem == null) {
                done.complete(null);
            } else {
                done.completeExceptionally(problem);
            }
        }));
        if (!posted) {
            done.completeExceptionally(new IllegalStateException("the gateway is closed"));
        }
        return done;
    }

    private static CompletionStage<Void> asked(Supplier<CompletionStage<Void>> wish) {
        try {
            return wish.get();
        } catch (RuntimeException problem) {
            return CompletableFuture.failedFuture(problem);
        }
    }

    @Override
    public CompletionStage<EndReason> hangUp() {
        loop.post(flow::hangUp);
        return ended();
    }

    @Override
    public CompletionStage<EndReason> ended() {
        return flow.ended().copy();
    }

    @Override
    public String toString() {
        return id + " " + facts.state;
    }
}
