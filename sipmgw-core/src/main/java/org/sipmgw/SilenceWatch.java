package org.sipmgw;

import java.time.Duration;
import java.util.concurrent.ScheduledFuture;
import org.jspecify.annotations.Nullable;

/** Ends a call whose room sends nothing any more. The engine tells when silence begins; counters tell whether it lasts. */
final class SilenceWatch {
    private final CallLoop loop;
    private final Duration limit;
    private final CallFacts facts;
    private final Runnable lost;
    private @Nullable ScheduledFuture<?> check;

    SilenceWatch(CallLoop loop, Duration limit, CallFacts facts, Runnable lost) {
        this.loop = loop;
        this.limit = limit;
        this.facts = facts;
        this.lost = lost;
    }

    /** The room has been silent for this long. */
    void silent(Duration soFar) {
        stop();
        if (limit.isZero() || facts.held) {
            return;
        }
        long packets = facts.packetsFromRoom();
        boolean early = facts.answerTime.isEmpty();
        Duration rest = limit.minus(soFar);
        check = loop.after(rest.isNegative() ? Duration.ZERO : rest, () -> {
            if (facts.packetsFromRoom() != packets || facts.held) {
                return;
            }
            if (early) {
                // who rings may describe media and send none: only an answered call is silent
                silent(Duration.ZERO);
            } else {
                lost.run();
            }
        });
    }

    void stop() {
        ScheduledFuture<?> running = check;
        if (running != null) {
            running.cancel(false);
            check = null;
        }
    }
}
