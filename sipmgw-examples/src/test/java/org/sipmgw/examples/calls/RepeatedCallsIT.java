package org.sipmgw.examples.calls;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.Call;
import org.sipmgw.GatewayConfig;
import org.sipmgw.testsupport.VirtualCall;
import org.sipmgw.testsupport.VirtualPhone;

/** Calls one after the other: after each, everything is as it was before. No browser stands ready in between. */
@Tag("call")
class RepeatedCallsIT {

    private static final int FEW = 4;
    private static final int MANY = 20;
    /** A pool may keep one more thread, or connection, of a kind than after the second call; a leak is one a call. */
    private static final int BREATH = 1;

    private static final long IDLE_POOL_MS = 6000;

    private record Held(Census threads, Census descriptors, long children) {
        static Held now() throws Exception {
            return new Held(Census.threads(), Census.descriptors(), CallLab.children());
        }

        String summary() {
            return threads.total() + " threads, " + descriptors.total() + " descriptors, " + children + " processes";
        }

        /** What is more than then; empty when nothing is. */
        String grownSince(Held then) {
            return Stream.of(
                            threads.grownSince(then.threads, BREATH),
                            descriptors.grownSince(then.descriptors, BREATH),
                            children == then.children ? "" : then.children + " processes, now " + children)
                    .filter(part -> !part.isEmpty())
                    .collect(Collectors.joining(", "));
        }
    }

    @Test
    void aFewCallsLeaveNothingBehind() throws Exception {
        callTimes(FEW);
    }

    @Test
    @Tag("long")
    void manyCallsLeaveNothingBehind() throws Exception {
        callTimes(MANY);
    }

    private static void callTimes(int calls) throws Exception {
        try (CallLab lab = CallLab.open(0, GatewayConfig.defaults());
                Conference conference = lab.conference();
                VirtualPhone phone = VirtualPhone.open("Room")) {
            callOnce(lab, conference, phone);
            callOnce(lab, conference, phone);
            Thread.sleep(IDLE_POOL_MS);
            System.gc();
            Held first = Held.now();
            System.out.println("after call 2: " + first.summary());
            for (int i = 3; i <= calls; i++) {
                callOnce(lab, conference, phone);
                awaitAsAtFirst(first);
                System.out.println("after call " + i + ": " + Held.now().summary());
            }
        }
    }

    /** The JDK's HTTP clients end their threads when they are collected; idle threads of pools end after some seconds. */
    private static void awaitAsAtFirst(Held first) throws Exception {
        AtomicReference<String> grown = new AtomicReference<>("");
        CallLab.await(() -> "everything as after the second call; there is more: " + grown, () -> {
            System.gc();
            grown.set(Held.now().grownSince(first));
            return grown.get().isEmpty();
        });
    }

    private static void callOnce(CallLab lab, Conference conference, VirtualPhone phone) throws Exception {
        try (VirtualCall call = phone.call(lab.uri(conference), lab.media())) {
            Call seen = lab.onlyCall();
            CallLab.awaitConnected(seen);
            CallLab.await(
                    "sound and picture",
                    () -> call.video().count() > 30 && call.audio().count() > 30);
            call.hangUp();
            seen.ended().toCompletableFuture().get(20, TimeUnit.SECONDS);
        }
        lab.awaitNothingLeft();
    }
}
