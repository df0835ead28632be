package org.sipmgw;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import org.sipmgw.account.DtmfMode;
import org.sipmgw.internal.sip.SipLeg;
import org.sipmgw.spi.MediaSession;

/** Sends keys to the room, as telephone events or by INFO. On the call's loop. */
final class KeySending {
    private static final Duration BETWEEN = Duration.ofMillis(250);
    private static final long LONGEST_SECONDS = 30;
    private static final String KEYS = "0123456789*#ABCD";

    private final CallLoop loop;
    private final SipLeg leg;
    private final MediaSession media;
    private CompletableFuture<Void> before = CompletableFuture.completedFuture(null);

    KeySending(CallLoop loop, SipLeg leg, MediaSession media) {
        this.loop = loop;
        this.leg = leg;
        this.media = media;
    }

    /** Refuses what holds something else than keys. */
    static void check(String keys) {
        if (keys.isEmpty() || !keys.chars().allMatch(key -> KEYS.indexOf(key) >= 0)) {
            throw new IllegalArgumentException("keys are 0 to 9, *, #, A to D: " + keys);
        }
    }

    /**
     * After those of earlier calls.
     *
     * @param events whether telephone events are agreed
     */
    CompletionStage<Void> send(String keys, DtmfMode mode, boolean events) {
        boolean byInfo = mode == DtmfMode.INFO || (mode == DtmfMode.AUTO && !events);
        CompletableFuture<Void> done = new CompletableFuture<>();
        var unused = before.whenComplete((nothing, problem) -> loop.post(() -> {
            if (byInfo) {
                inform(keys, 0, done);
            } else {
                play(keys, done);
            }
        }));
        before = done.orTimeout(LONGEST_SECONDS, TimeUnit.SECONDS);
        return done;
    }

    private void play(String keys, CompletableFuture<Void> done) {
        var unused = media.sendKeys(keys).whenComplete((sent, failure) -> {
            if (failure == null) {
                done.complete(null);
            } else {
                done.completeExceptionally(failure);
            }
        });
    }

    private void inform(String keys, int at, CompletableFuture<Void> done) {
        if (at == keys.length()) {
            done.complete(null);
            return;
        }
        leg.info("application", "dtmf-relay", InfoBody.relay(keys.charAt(at)));
        var unused = loop.after(BETWEEN, () -> inform(keys, at + 1, done));
    }
}
