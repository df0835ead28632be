package org.sipmgw.browser;

import static org.assertj.core.api.Assertions.assertThat;
import static org.sipmgw.browser.BrowserLab.await;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.sipmgw.conference.ConferenceState.Phase;
import org.sipmgw.conference.JoinException;
import org.sipmgw.conference.Room;
import org.sipmgw.process.ProcessId;
import org.sipmgw.process.ProcessTree;
import org.sipmgw.spi.ConferenceListener;
import org.sipmgw.spi.ConferenceSession;

/** What happens when parts die, pages misbehave or hosts are not allowed; and that nothing is left. */
@Tag("fault")
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BrowserFaultIT {
    private static final long NOTICED_S = 5;

    private BrowserLab lab;
    private TestWeb web;
    private BrowserJoiner joiner;
    private Path evidence;
    private final LinkedBlockingQueue<String> gone = new LinkedBlockingQueue<>();

    @BeforeAll
    void start() throws Exception {
        lab = new BrowserLab();
        evidence = lab.base().resolve("evidence");
        web = new TestWeb(Path.of("/nonexistent"))
                .page("/joined.html", "<!DOCTYPE html><title>t</title><script>window.phase = 'JOINED'</script>")
                .page(
                        "/never.html",
                        "<!DOCTYPE html><title>t</title><input value=topsecret><script>x='topsecret'</script>");
        joiner = lab.builder(List.of(web.host()))
                .pages(List.of(new TestProduct()))
                .evidence(evidence)
                .warm(1)
                .build();
    }

    @AfterAll
    void end() {
        joiner.close();
        web.close();
        lab.close();
    }

    private ConferenceSession session() throws Exception {
        gone.clear();
        return lab.warmSession(joiner, new ConferenceListener() {
            @Override
            public void onGone(boolean retry, String detail) {
                gone.add((retry ? "retry: " : "final: ") + detail);
            }
        });
    }

    private ConferenceSession joined() throws Exception {
        ConferenceSession session = session();
        assertThat(await(session.join(room("/joined.html"), sdp -> null, Duration.ofSeconds(20)))
                        .phase())
                .isEqualTo(Phase.JOINED);
        return session;
    }

    private Room room(String path) {
        return Room.of(web.uri(path), "Room");
    }

    private static String commandLine(long pid) {
        try {
            return Files.readString(Path.of("/proc/" + pid + "/cmdline")).replace('\0', ' ');
        } catch (IOException e) {
            return "";
        }
    }

    private static List<Long> find(ConferenceSession session, String words) {
        return ProcessTree.of(session.pid()).processes().stream()
                .map(ProcessId::pid)
                .filter(pid -> commandLine(pid).contains(words))
                .toList();
    }

    private static void kill(List<Long> pids) {
        assertThat(pids).isNotEmpty();
        pids.forEach(pid -> ProcessHandle.of(pid).ifPresent(ProcessHandle::destroyForcibly));
    }

    private void noticed(ConferenceSession session, String words) throws InterruptedException {
        assertThat(gone.poll(NOTICED_S, TimeUnit.SECONDS)).startsWith(words);
        List<ProcessId> tree = ProcessTree.of(session.pid()).processes();
        session.close();
        assertThat(tree).noneMatch(ProcessId::alive);
    }

    @Test
    void noticesACrashedTab() throws Exception {
        ConferenceSession session = joined();
        kill(find(session, "--type=renderer"));
        noticed(session, "retry: ");
    }

    @Test
    void noticesACrashedTabBeforeItIsSentToAPage() throws Exception {
        ConferenceSession session = session();
        kill(find(session, "--type=renderer"));
        noticed(session, "retry: ");
    }

    @Test
    void noticesAKilledBrowser() throws Exception {
        ConferenceSession session = joined();
        kill(find(session, "--user-data-dir=").stream()
                .filter(pid -> !commandLine(pid).contains("--type="))
                .filter(pid -> !commandLine(pid).contains("crashpad"))
                .toList());
        noticed(session, "retry: ");
    }

    @Test
    void noticesAKilledDriverAndLeavesNoBrowserBehind() throws Exception {
        ConferenceSession session = joined();
        List<ProcessId> tree = ProcessTree.of(session.pid()).processes();
        assertThat(tree).hasSizeGreaterThan(3);
        kill(List.of(session.pid()));
        assertThat(gone.poll(NOTICED_S, TimeUnit.SECONDS)).startsWith("retry: browser's driver ended");
        session.close();
        assertThat(tree).noneMatch(ProcessId::alive);
    }

    @Test
    void noticesADisplayAndASpeakerThatEnd() throws Exception {
        ConferenceSession one = joined();
        kill(List.of(one.display().pid()));
        noticed(one, "retry: display");
        ConferenceSession two = joined();
        kill(List.of(two.speaker().pid()));
        noticed(two, "retry: sound");
    }

    @Test
    void endsAPageThatGoesToAHostThatIsNotAllowed() throws Exception {
        web.page(
                "/away.html",
                "<!DOCTYPE html><script>window.phase = 'JOINED';" + "setTimeout(() => { location = 'http://localhost:"
                        + web.port() + "/joined.html'; }, 700)</script>");
        ConferenceSession session = session();
        await(session.join(room("/away.html"), sdp -> null, Duration.ofSeconds(20)));
        noticed(session, "final: the page went to a host that is not allowed");
    }

    @Test
    void refusesAPageThatGoesToAHostThatIsNotAllowedBeforeItHasJoined() throws Exception {
        web.page(
                "/detour.html",
                "<!DOCTYPE html><script>setTimeout(() => { location = 'http://localhost:" + web.port()
                        + "/joined.html'; }, 300)</script>");
        ConferenceSession session = session();
        JoinException failure =
                BrowserLab.failure(session.join(room("/detour.html"), sdp -> null, Duration.ofSeconds(20)));
        assertThat(failure.reason()).isEqualTo(JoinException.Cause.NOT_ALLOWED);
        assertThat(failure).hasMessage("the page went to a host that is not allowed");
        session.close();
    }

    @Test
    void noticesAPageThatHangs() throws Exception {
        CompletableFuture<Long> hangs = new CompletableFuture<>();
        web.told("/hangs", () -> hangs.complete(System.nanoTime()))
                .page(
                        "/hang.html",
                        "<!DOCTYPE html><script>window.phase = 'JOINED'; setTimeout(async () => {"
                                + " await fetch('/hangs'); for (;;); }, 1500)</script>");
        ConferenceSession session = session();
        await(session.join(room("/hang.html"), sdp -> null, Duration.ofSeconds(20)));
        long began = hangs.get(20, TimeUnit.SECONDS);
        assertThat(gone.poll(NOTICED_S, TimeUnit.SECONDS)).startsWith("retry: ");
        System.out.println("hang noticed after " + (System.nanoTime() - began) / 1_000_000 + " ms");
        session.close();
    }

    @Test
    void givesUpAPageThatNeverJoinsAndKeepsEvidenceWithoutSecrets() throws Exception {
        ConferenceSession session = session();
        JoinException failure =
                BrowserLab.failure(session.join(room("/never.html"), sdp -> null, Duration.ofSeconds(2)));
        assertThat(failure.reason()).isEqualTo(JoinException.Cause.TIMEOUT);
        assertThat(failure).hasMessage("Test was not joined within 2000 ms: the page is at JOINING");
        try (Stream<Path> files = Files.list(evidence)) {
            assertThat(files.map(file -> file.getFileName().toString()).map(n -> n.substring(n.lastIndexOf('.'))))
                    .contains(".png", ".html");
        }
        try (Stream<Path> files = Files.list(evidence)) {
            for (Path file : files.filter(f -> f.toString().endsWith(".html")).toList()) {
                assertThat(file).content().contains("<input").doesNotContain("topsecret");
            }
        }
        session.close();
    }

    @Test
    void refusesHostsThatAreNotAllowedWithoutGoingThere() throws Exception {
        ConferenceSession session = session();
        Room elsewhere = Room.of(URI.create("https://conference.invalid/room"), "Room");
        assertThat(joiner.accepts(elsewhere)).isFalse();
        assertThat(BrowserLab.failure(session.join(elsewhere, sdp -> null, Duration.ofSeconds(5)))
                        .reason())
                .isEqualTo(JoinException.Cause.NOT_ALLOWED);
        session.close();
    }

    @Test
    void runsRenderersInTheSandboxAsAnOrdinaryUser() throws Exception {
        ConferenceSession session = joined();
        List<Long> renderers = find(session, "--type=renderer");
        assertThat(renderers).isNotEmpty();
        for (long pid : renderers) {
            String status = Files.readString(Path.of("/proc/" + pid + "/status"));
            assertThat(status).containsPattern("Seccomp:\\s+2");
            assertThat(status).containsPattern("CapEff:\\s+0000000000000000");
            assertThat(status).doesNotContainPattern("(?m)^Uid:\\s+0");
            assertThat(Files.readSymbolicLink(Path.of("/proc/" + pid + "/ns/user")))
                    .isNotEqualTo(Files.readSymbolicLink(Path.of("/proc/self/ns/user")));
        }
        for (long pid : find(session, "chrom")) {
            assertThat(commandLine(pid)).doesNotContain("--no-sandbox");
        }
        session.close();
    }

    @Test
    void leavesNothingAfterFiveCycles() throws Exception {
        try (BrowserLab own = new BrowserLab();
                BrowserJoiner cold = own.builder(List.of(web.host()))
                        .pages(List.of(new TestProduct()))
                        .warm(0)
                        .build()) {
            for (int i = 0; i < 5; i++) {
                ConferenceSession session = await(cold.open(new ConferenceListener() {}));
                assertThat(session.warm()).isFalse();
                await(session.join(room("/joined.html"), sdp -> null, Duration.ofSeconds(20)));
                List<ProcessId> tree = ProcessTree.of(List.of(
                                session.pid(),
                                session.display().pid(),
                                session.speaker().pid()))
                        .processes();
                assertThat(tree).hasSizeGreaterThan(5);
                await(session.leave());
                assertThat(tree).noneMatch(ProcessId::alive);
                try (Stream<Path> homes = Files.list(own.runtime().path())) {
                    assertThat(homes.filter(Files::isDirectory)).isEmpty();
                }
            }
            Set<String> threads = Thread.getAllStackTraces().keySet().stream()
                    .map(Thread::getName)
                    .filter(name -> name.startsWith("sipmgw-page-"))
                    .collect(Collectors.toSet());
            assertThat(threads).hasSizeLessThanOrEqualTo(1); // the warm one of the joiner of the other tests
        }
    }
}
