package org.sipmgw.examples.calls;

import java.io.IOException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
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
    /** Of pools that keep a thread or two more or less. */
    private static final int SPARE_THREADS = 4;

    private static final int SPARE_DESCRIPTORS = 3;
    private static final long IDLE_POOL_MS = 6000;
    /** Pools of the JDK and of Selenium whose threads end after a minute or when collected, and the room system's. */
    private static final List<String> IDLE_FOR_A_MINUTE =
            List.of("HttpClient-", "JdkHttpClient", "BiDi Connection", "Cleaner-", "process reaper", "phone-");

    private record Held(Map<String, Integer> threadNames, int descriptors, long children) {
        static Held now() throws Exception {
            return new Held(threadsByName(), entries(Path.of("/proc/self/fd")), CallLab.children());
        }

        String summary() {
            return threads() + " threads, " + descriptors + " descriptors, " + children + " processes";
        }

        int threads() {
            return threadNames.values().stream().mapToInt(n -> n).sum();
        }

        /** Threads of native libraries too. */
        private static Map<String, Integer> threadsByName() throws Exception {
            Map<String, Integer> names = new TreeMap<>();
            try (DirectoryStream<Path> tasks = Files.newDirectoryStream(Path.of("/proc/self/task"))) {
                for (Path task : tasks) {
                    String name = name(task);
                    if (IDLE_FOR_A_MINUTE.stream().noneMatch(name::startsWith)) {
                        names.merge(name, 1, Integer::sum);
                    }
                }
            }
            return names;
        }

        private static String name(Path task) {
            try {
                return Files.readString(task.resolve("comm")).strip();
            } catch (IOException ended) {
                return "ended";
            }
        }

        private static int entries(Path directory) throws Exception {
            int count = 0;
            try (DirectoryStream<Path> entries = Files.newDirectoryStream(directory)) {
                for (Path ignored : entries) {
                    count++;
                }
            }
            return count;
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
        AtomicReference<String> difference = new AtomicReference<>("");
        CallLab.await(() -> "everything as after the second call: " + difference, () -> {
            System.gc();
            Held now = Held.now();
            boolean same = now.children() == first.children()
                    && now.threads() <= first.threads() + SPARE_THREADS
                    && now.descriptors() <= first.descriptors() + SPARE_DESCRIPTORS;
            difference.set("at first " + first + ", now " + now);
            return same;
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
