package org.sipmgw;

import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.sipmgw.EndReason.Cause;
import org.sipmgw.internal.sip.SipDialogAnswer;
import org.sipmgw.internal.sip.SipDialogRequest;
import org.sipmgw.internal.sip.SipLeg;
import org.sipmgw.internal.sip.SipRefusal;

/** Our REFER to the room (RFC 3515), until the room says what has come of it. On the call's loop. */
final class OutgoingTransfer {
    private static final Duration PATIENCE = Duration.ofMinutes(3);
    private static final Pattern STATUS_LINE = Pattern.compile("SIP/2\\.0 ([1-6]\\d\\d) ?([^\\r\\n]{0,200})");
    private final CallParts parts;
    private final CallFlow flow;
    private final String target;
    private final CompletableFuture<Void> done = new CompletableFuture<>();
    private final ScheduledFuture<?> patience;

    /** @param target fit for Refer-To */
    OutgoingTransfer(CallParts parts, CallFlow flow, SipLeg leg, String target) {
        this.parts = parts;
        this.flow = flow;
        this.target = target;
        this.patience = parts.loop()
                .after(PATIENCE, () -> fail(408, "The room system does not say what has come of the transfer"));
        leg.refer(target, answer -> flow.onLoop(() -> answered(answer)));
    }

    /** Completes when the room has somebody else to talk to. */
    CompletionStage<Void> done() {
        return done;
    }

    boolean pending() {
        return !done.isDone();
    }

    private void answered(SipDialogAnswer answer) {
        if (!answer.success()) {
            fail(answer.status(), "The room system does not take the transfer");
        }
    }

    /** A NOTIFY of the subscription that REFER makes. */
    void notified(SipDialogRequest request) {
        if (!request.header("Event").orElse("").matches("(?is)refer(\\s*;.*)?")) {
            request.refuse(SipRefusal.of(489, "another event than refer"));
            return;
        }
        request.accept(Optional.empty());
        boolean over = request.header("Subscription-State").orElse("").matches("(?is)terminated.*");
        Matcher line = STATUS_LINE.matcher(request.body());
        int status = line.find() ? Integer.parseInt(line.group(1)) : 0;
        String reason = status == 0 ? "" : line.group(2).strip();
        if (status > 0 && pending()) {
            parts.gateway().listener().onTransferProgress(parts.call(), status, reason);
        }
        if (status >= 200 && status < 300) {
            succeed();
        } else if (status >= 300) {
            fail(status, reason);
        } else if (over) {
            fail(0, "The room system has ended its reports without a result");
        }
    }

    private void succeed() {
        if (pending()) {
            patience.cancel(false);
            done.complete(null);
            flow.end(Cause.TRANSFERRED, 200, "Transferred to " + target.replaceFirst("\\?.*$", ""));
        }
    }

    private void fail(int status, String detail) {
        patience.cancel(false);
        done.completeExceptionally(new TransferException(status, detail));
    }

    /** The call is over. */
    void stop() {
        if (pending()) {
            fail(0, "The call has ended before the room system said what has come of the transfer");
        }
    }
}
