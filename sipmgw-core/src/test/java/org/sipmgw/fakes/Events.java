package org.sipmgw.fakes;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.assertj.core.api.Assertions;
import org.sipmgw.Call;
import org.sipmgw.CallListener;
import org.sipmgw.CallState;
import org.sipmgw.EndReason;
import org.sipmgw.IncomingCall;
import org.sipmgw.TransferRequest;
import org.sipmgw.conference.ConferenceState;

/** Remembers what a listener is told, one line each. */
public final class Events implements CallListener {
    public final List<String> lines = new CopyOnWriteArrayList<>();
    public final List<Call> calls = new CopyOnWriteArrayList<>();
    /** What is done with a call that comes in. */
    public volatile Consumer<IncomingCall> decision = call -> {};

    public final List<EndReason> ends = new CopyOnWriteArrayList<>();

    @Override
    public void onIncoming(IncomingCall call) {
        calls.add(call);
        decision.accept(call);
        lines.add("incoming");
    }

    @Override
    public void onProgress(Call call, int status, boolean earlyMedia) {
        lines.add("progress " + status + " " + earlyMedia);
    }

    @Override
    public void onState(Call call, CallState state) {
        lines.add("state " + state);
    }

    @Override
    public void onConference(Call call, ConferenceState state) {
        lines.add("conference " + state.phase());
    }

    @Override
    public void onDtmf(Call call, char key) {
        lines.add("key " + key);
    }

    /** What is done with a wish to be transferred. */
    public volatile Consumer<TransferRequest> transfer =
            request -> CallListener.super.onTransfer(calls.get(calls.size() - 1), request);

    @Override
    public void onTransfer(Call call, TransferRequest request) {
        lines.add("transfer " + request.target());
        transfer.accept(request);
    }

    @Override
    public void onTransferProgress(Call call, int status, String reason) {
        lines.add("transferring " + status + " " + reason);
    }

    @Override
    public void onReplaced(Call call, String byUri) {
        lines.add("replaced by " + byUri);
    }

    @Override
    public void onHold(Call call, boolean held) {
        lines.add("held " + held);
    }

    @Override
    public void onWarning(Call call, String detail) {
        lines.add("warning " + detail);
    }

    @Override
    public void onEnded(Call call, EndReason reason) {
        lines.add("ended " + reason.cause());
        ends.add(reason);
    }

    /** Forgets what was before. */
    public void clear() {
        lines.clear();
        calls.clear();
        ends.clear();
    }

    public void await(String line) {
        await(line, lines -> lines.contains(line));
    }

    public EndReason awaitEnd() {
        await("an end", lines -> !ends.isEmpty());
        return ends.get(ends.size() - 1);
    }

    public void await(String what, Predicate<List<String>> condition) {
        long deadline = System.nanoTime() + Duration.ofSeconds(10).toNanos();
        while (!condition.test(lines)) {
            if (System.nanoTime() > deadline) {
                Assertions.fail(
                        "no " + what + "; seen: " + lines.subList(Math.max(0, lines.size() - 30), lines.size()));
            }
            try {
                Thread.sleep(5);
            } catch (InterruptedException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
