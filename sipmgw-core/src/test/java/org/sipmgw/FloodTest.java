package org.sipmgw;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.admission.AdmissionRules;
import org.sipmgw.admission.RateLimit;
import org.sipmgw.fakes.TestGateway;
import org.sipmgw.rawsip.RawCall;
import org.sipmgw.rawsip.RawMessage;
import org.sipmgw.rawsip.RawPhone;

/** Ten thousand INVITEs a second from one address: the calls that run do not notice, and the gateway lives on. */
@Tag("load")
class FloodTest {
    private static final System.Logger LOG = System.getLogger(FloodTest.class.getName());
    private static final int RUNNING = 50;
    private static final int PER_SECOND = 10_000;

    private final AtomicInteger sent = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private volatile boolean flooding = true;

    @Test
    void leavesFiftyCallsUntouched() throws Exception {
        flood(Duration.ofSeconds(4));
    }

    @Test
    @Tag("long")
    void leavesFiftyCallsUntouchedForAMinute() throws Exception {
        flood(Duration.ofSeconds(60));
    }

    private void flood(Duration time) throws Exception {
        AdmissionRules rules = AdmissionRules.defaults().withRates(new RateLimit(20, 100), new RateLimit(100, 300));
        try (TestGateway gateway =
                        TestGateway.admitting(rules, GatewayConfig.defaults().withMaxCalls(1000));
                RawPhone phone = RawPhone.udp(gateway.address(Transport.UDP));
                DatagramSocket flooder = new DatagramSocket(new InetSocketAddress("127.0.0.2", 0))) {
            List<RawCall> running = new ArrayList<>();
            for (int i = 0; i < RUNNING; i++) {
                RawCall call = new RawCall(phone, "room" + i);
                assertThat(call.establish().status()).isEqualTo(200);
                running.add(call);
            }
            gateway.events.await(
                    "all connected",
                    lines -> lines.stream().filter("state CONNECTED"::equals).count() == RUNNING);
            List<Call> theirs = gateway.gateway.calls();
            Thread sender = daemon(() -> send(flooder, gateway.address(Transport.UDP)));
            daemon(() -> count(flooder));
            long endNs = System.nanoTime() + time.toNanos();
            int asked = 0;
            while (System.nanoTime() - endNs < 0) {
                ask(running.get(asked++ % RUNNING), "OPTIONS");
                assertThat(theirs).allMatch(call -> call.state() == CallState.CONNECTED);
            }
            flooding = false;
            sender.join();
            LOG.log(
                    System.Logger.Level.INFO,
                    sent + " INVITEs in " + time + ", " + refused + " answered 503, meanwhile " + asked
                            + " requests in dialogs answered 200");
            assertThat(refused.get()).as("answered 503").isPositive();
            for (RawCall call : running) {
                ask(call, "BYE");
            }
            gateway.events.await(
                    "their ends", lines -> theirs.stream().allMatch(call -> call.state() == CallState.ENDED));
            assertThat(theirs).allMatch(call -> call.endReason().orElseThrow().cause() == EndReason.Cause.ROOM_HUNG_UP);
            RawCall after = new RawCall(phone, "after");
            assertThat(after.establish().status()).isEqualTo(200);
            ask(after, "BYE");
        }
    }

    /** As UDP needs it: asks again until it is answered. */
    private static void ask(RawCall call, String method) throws InterruptedException {
        String cseq = call.nextCseq(method);
        String text = call.request(method, "");
        for (int attempt = 0; attempt < 10; attempt++) {
            call.phone().send(text);
            boolean answered = !call.phone()
                    .silentAbout(
                            m -> m.status() == 200
                                    && m.cseq().equals(cseq)
                                    && m.header("Call-ID").orElse("").equals(call.callId()),
                            Duration.ofMillis(500 << Math.min(attempt, 3)));
            if (answered) {
                return;
            }
        }
        throw new AssertionError(method + " of a running call is not answered");
    }

    private void send(DatagramSocket flooder, InetSocketAddress gateway) throws IOException {
        String own = "127.0.0.2:" + flooder.getLocalPort();
        String offer = RawCall.offer();
        long startNs = System.nanoTime();
        while (flooding) {
            long due = (System.nanoTime() - startNs) * PER_SECOND / 1_000_000_000L;
            while (flooding && sent.get() < due) {
                int number = sent.incrementAndGet();
                String text = "INVITE sip:room@" + gateway.getPort() + ".example SIP/2.0\r\nVia: SIP/2.0/UDP " + own
                        + ";rport;branch=z9hG4bKf" + number + "\r\nMax-Forwards: 70\r\nFrom: <sip:flood@" + own
                        + ">;tag=f" + number + "\r\nTo: <sip:room@gw.example>\r\nCall-ID: flood" + number + "@" + own
                        + "\r\nCSeq: 1 INVITE\r\nContact: <sip:flood@" + own + ">\r\nContent-Type: application/sdp\r\n"
                        + "Content-Length: " + offer.length() + "\r\n\r\n" + offer;
                byte[] bytes = text.getBytes(StandardCharsets.US_ASCII);
                flooder.send(new DatagramPacket(bytes, bytes.length, gateway));
            }
            LockSupport.parkNanos(1_000_000);
        }
    }

    private void count(DatagramSocket flooder) throws IOException {
        byte[] buffer = new byte[65_536];
        while (true) {
            DatagramPacket packet = new DatagramPacket(buffer, buffer.length);
            flooder.receive(packet);
            RawMessage message = RawMessage.parse(new String(buffer, 0, packet.getLength(), StandardCharsets.US_ASCII));
            if (message.status() == 503) {
                refused.incrementAndGet();
            }
        }
    }

    private interface Running {
        void run() throws IOException;
    }

    private static Thread daemon(Running running) {
        Thread thread = new Thread(
                () -> {
                    try {
                        running.run();
                    } catch (IOException closed) {
                        return;
                    }
                },
                "raw-phone-flood");
        thread.setDaemon(true);
        thread.start();
        return thread;
    }
}
