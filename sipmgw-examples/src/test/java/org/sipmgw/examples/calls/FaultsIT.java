package org.sipmgw.examples.calls;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.sipmgw.Call;
import org.sipmgw.CallState;
import org.sipmgw.EndReason;
import org.sipmgw.GatewayConfig;
import org.sipmgw.testsupport.PhoneMedia;
import org.sipmgw.testsupport.VirtualCall;
import org.sipmgw.testsupport.VirtualPhone;

/** Something around the browser dies in the middle of a call: the call goes on with another browser, once. */
@Tag("fault")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class FaultsIT {

    private CallLab lab;
    private Conference conference;
    private VirtualPhone phone;
    private VirtualCall call;
    private Call seen;

    @BeforeAll
    void open() throws Exception {
        lab = CallLab.open(1, GatewayConfig.defaults());
    }

    @AfterAll
    void close() {
        lab.close();
    }

    @BeforeEach
    void call() throws Exception {
        conference = lab.conference();
        phone = VirtualPhone.open("Room");
        lab.awaitWarm();
        call = phone.call(lab.uri(conference), lab.media());
        seen = lab.onlyCall();
        CallLab.awaitConnected(seen);
        conference.watch("Room").awaitRecognised();
        lab.awaitWarm();
    }

    @AfterEach
    void end() throws Exception {
        phone.close();
        conference.close();
        lab.awaitNothingLeft();
    }

    @Test
    void aBrowserKilledIsReplacedAndASecondDeathEndsTheCallAndSaysWhy() throws Exception {
        long first = pids().browser();
        killTree(first);
        goesOn(first);

        killTree(pids().browser());
        EndReason reason = seen.ended().toCompletableFuture().get(30, TimeUnit.SECONDS);
        assertThat(reason.cause()).isEqualTo(EndReason.Cause.BROWSER_LOST);
        String told = call.ended().get(5, TimeUnit.SECONDS);
        System.out.println("the room is told: " + told);
        assertThat(told).contains("503").contains("text=");
    }

    @Test
    void aPageThatCrashedIsReplaced() throws Exception {
        long first = pids().browser();
        List<ProcessHandle> renderers = tree(first).filter(FaultsIT::isRenderer).toList();
        assertThat(renderers).isNotEmpty();
        renderers.forEach(ProcessHandle::destroyForcibly);
        goesOn(first);
    }

    @Test
    void aSoundServerKilledIsReplaced() throws Exception {
        long first = pids().browser();
        kill(pids().sound());
        goesOn(first);
    }

    @Test
    void aDisplayKilledIsReplaced() throws Exception {
        long first = pids().browser();
        kill(pids().display());
        goesOn(first);
    }

    @Test
    void anotherCallDoesNotNoticeThatABrowserDied() throws Exception {
        long first = pids().browser();
        try (Conference elsewhere = lab.conference();
                VirtualPhone other = VirtualPhone.open("Second")) {
            VirtualCall second = other.call(lab.uri(elsewhere), lab.secondMedia());
            CallLab.await("two calls", () -> lab.gateway().calls().size() == 2);
            for (Call each : lab.gateway().calls()) {
                CallLab.awaitConnected(each);
            }
            Watch watch = elsewhere.watch("Second", PhoneMedia.SECOND_ROOM_SENDER);
            watch.awaitRecognised();
            long at = System.nanoTime();
            killTree(first);
            CallLab.await("another browser", () -> pids().browser() != first);
            watch.awaitRecognised();
            assertThat(second.ended()).isNotDone();
            assertThat(silenceMs(second, at))
                    .as("longest silence of the other call")
                    .isLessThan(2500);
        }
    }

    /** The longest time without a packet of sound since {@code fromNs}. */
    private static long silenceMs(VirtualCall of, long fromNs) {
        long longest = 0;
        long last = fromNs;
        for (var packet : of.audio().since(fromNs)) {
            longest = Math.max(longest, packet.arrivalNs() - last);
            last = packet.arrivalNs();
        }
        return Math.max(longest, System.nanoTime() - last) / 1_000_000;
    }

    /** The call goes on with another browser, in both directions. */
    private void goesOn(long firstBrowser) throws Exception {
        long at = System.nanoTime();
        CallLab.await("another browser", () -> {
            assertThat(seen.endReason()).isEmpty();
            return pids().browser() != firstBrowser;
        });
        Watch again = conference.watch("Room");
        System.out.println("in the conference again after " + (System.nanoTime() - at) / 1_000_000 + " ms");
        Watch.awaitRecognised(again, CallLab.watch("Room", call, lab.media()));
        assertThat(seen.state()).isEqualTo(CallState.CONNECTED);
        assertThat(call.ended()).isNotDone();
        assertThat(lab.log().warnings()).isNotEmpty();
    }

    private Call.Processes pids() {
        return seen.processes().orElseThrow();
    }

    /** ProcessHandle does not tell long command lines. */
    private static boolean isRenderer(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/cmdline"), StandardCharsets.ISO_8859_1)
                    .contains("--type=renderer");
        } catch (IOException ended) {
            return false;
        }
    }

    private static Stream<ProcessHandle> tree(long pid) {
        ProcessHandle root = ProcessHandle.of(pid).orElseThrow();
        return Stream.concat(Stream.of(root), root.descendants());
    }

    private static void killTree(long pid) {
        tree(pid).toList().forEach(ProcessHandle::destroyForcibly);
    }

    private static void kill(long pid) {
        assertThat(ProcessHandle.of(pid).orElseThrow().destroyForcibly()).isTrue();
    }
}
