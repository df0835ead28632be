package org.sipmgw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.fakes.TestGateway;
import org.sipmgw.rawsip.RawCall;
import org.sipmgw.rawsip.RawMessage;
import org.sipmgw.rawsip.RawPhone;

/** What is left after many calls, and after many gateways: nothing. */
@Tag("call")
class ManyCallsTest {

    @Test
    void staysFlatOverTwoHundredCalls() throws IOException {
        try (TestGateway gateway = new TestGateway();
                RawPhone udp = RawPhone.udp(gateway.address(Transport.UDP));
                RawPhone tcp = RawPhone.tcp(gateway.address(Transport.TCP))) {
            for (int i = 0; i < 50; i++) {
                oneCall(gateway, i % 2 == 0 ? udp : tcp, i);
            }
            int threads = Thread.activeCount();
            int descriptors = descriptors();
            for (int i = 50; i < 250; i++) {
                oneCall(gateway, i % 2 == 0 ? udp : tcp, i);
            }
            gateway.assertEmpty();
            assertThat(Thread.activeCount()).as("threads").isLessThanOrEqualTo(threads + 8);
            assertThat(descriptors()).as("descriptors").isLessThanOrEqualTo(descriptors + 3);
            assertThat(gateway.events.ends).hasSize(250);
        }
    }

    private static void oneCall(TestGateway gateway, RawPhone phone, int number) {
        RawCall call = new RawCall(phone, "room" + number);
        assertThat(call.establish().status()).isEqualTo(200);
        gateway.events.await(
                "connected",
                lines -> lines.stream().filter("state CONNECTED"::equals).count() == number + 1);
        gateway.engine.last().listener.onKeyFrameNeeded();
        RawMessage info = phone.awaitRequest("INFO");
        call.reply(info, 200);
        assertThat(call.ask("BYE", "").status()).isEqualTo(200);
        gateway.events.await("end", lines -> gateway.events.ends.size() == number + 1);
    }

    @Test
    void leavesNoThreadAndNoDescriptorBehind() throws Exception {
        openAndClose();
        Set<String> threadsBefore = threads();
        int descriptors = descriptors();
        for (int i = 0; i < 5; i++) {
            openAndClose();
        }
        long deadline = System.nanoTime() + 8_000_000_000L;
        while (!threadsBefore.containsAll(threads()) && System.nanoTime() < deadline) {
            Thread.sleep(50);
        }
        assertThat(threadsBefore).as("threads before").containsAll(threads());
        assertThat(descriptors()).isLessThanOrEqualTo(descriptors);
    }

    private static void openAndClose() throws IOException {
        try (TestGateway gateway = new TestGateway();
                RawPhone udp = RawPhone.udp(gateway.address(Transport.UDP));
                RawPhone tcp = RawPhone.tcp(gateway.address(Transport.TCP))) {
            oneCall(gateway, udp, 0);
            oneCall(gateway, tcp, 1);
            new RawCall(udp, "left-open").establish();
        }
    }

    private static Set<String> threads() {
        return Thread.getAllStackTraces().keySet().stream()
                .filter(Thread::isAlive)
                .map(Thread::getName)
                .filter(name -> !name.startsWith("ForkJoinPool")
                        && !name.startsWith("raw-phone")
                        && !name.startsWith("CompletableFutureDelay"))
                .map(name -> name.replaceAll("\\d+", "N"))
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static int descriptors() {
        String[] open = new File("/proc/self/fd").list();
        return open == null ? 0 : open.length;
    }
}
