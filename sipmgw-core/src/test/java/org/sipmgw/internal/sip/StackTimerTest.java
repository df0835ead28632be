package org.sipmgw.internal.sip;

import static org.assertj.core.api.Assertions.assertThat;

import gov.nist.javax.sip.stack.SIPStackTimerTask;
import java.io.IOException;
import java.time.Duration;
import java.util.Properties;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.sipmgw.Transport;
import org.sipmgw.fakes.TestGateway;
import org.sipmgw.rawsip.RawCall;
import org.sipmgw.rawsip.RawPhone;

/** The stack's clock goes on, whatever becomes of its tasks and its thread. */
@Tag("dialog")
class StackTimerTest {

    private static SIPStackTimerTask task(Runnable what) {
        return new SIPStackTimerTask() {
            @Override
            public void runTask() {
                what.run();
            }

            @Override
            public Object getThreadHash() {
                return "";
            }
        };
    }

    @Test
    void goesOnAfterTasksThatFailAndForgetsThoseThatAreCancelled() throws Exception {
        StackTimer timer = new StackTimer();
        timer.start(null, new Properties());
        CountDownLatch rounds = new CountDownLatch(3);
        CountDownLatch cancelled = new CountDownLatch(1);
        timer.schedule(
                task(() -> {
                    throw new OutOfMemoryError("made by a test");
                }),
                0);
        timer.scheduleWithFixedDelay(
                task(() -> {
                    rounds.countDown();
                    throw new IllegalStateException("made by a test");
                }),
                0,
                10);
        SIPStackTimerTask unwanted = task(cancelled::countDown);
        timer.schedule(unwanted, 50);
        assertThat(timer.cancel(unwanted)).isTrue();
        assertThat(rounds.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(cancelled.await(100, TimeUnit.MILLISECONDS)).isFalse();
        timer.stop();
        assertThat(timer.isStarted()).isFalse();
    }

    /** Java 20 and later cannot end a thread from outside. */
    @Test
    @Tag("before-java-20")
    void repeatsAnswersThoughItsThreadHasDied() throws IOException, ReflectiveOperationException {
        try (TestGateway gateway = new TestGateway();
                RawPhone phone = RawPhone.udp(gateway.address(Transport.UDP))) {
            RawCall call = new RawCall(phone, "room42");
            assertThat(call.invite(RawCall.offer()).status()).isEqualTo(200);
            killTimers();
            phone.await("the answer again", m -> m.status() == 200, Duration.ofSeconds(20));
            call.ack("");
            assertThat(call.ask("BYE", "").status()).isEqualTo(200);
        }
    }

    private static void killTimers() throws ReflectiveOperationException {
        for (Thread thread : Thread.getAllStackTraces().keySet()) {
            if (thread.getName().equals("sip-timer")) {
                Thread.class.getMethod("stop").invoke(thread);
            }
        }
    }
}
