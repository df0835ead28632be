package org.sipmgw.examples.registrar;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.assertj.core.api.Assertions;
import org.sipmgw.Gateway;
import org.sipmgw.GatewayConfig;
import org.sipmgw.account.Account;
import org.sipmgw.account.RegistrationStatus;
import org.sipmgw.account.RegistrationStatus.State;
import org.sipmgw.fakes.FaultLadder;
import org.sipmgw.fakes.TestGateway;
import org.sipmgw.testsupport.KamailioServer;
import org.sipmgw.testsupport.KamailioSettings;

/** A Kamailio or two, and gateways with accounts there; everything ends with the test, last made first. */
final class RegistrarLab implements AutoCloseable {
    static final KamailioSettings SETTINGS = KamailioSettings.of(Map.of("gw", "gw s;cret", "room7", "pw7"));
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private final Deque<AutoCloseable> made = new ArrayDeque<>();

    KamailioServer kamailio(KamailioSettings settings) throws IOException {
        KamailioServer server = KamailioServer.start(settings);
        made.push(server);
        return server;
    }

    TestGateway gateway(String... accounts) {
        return gateway("127.0.0.1", builder -> {}, accounts);
    }

    TestGateway gateway(String address, Consumer<Gateway.Builder> more, String... accounts) {
        TestGateway gateway = new TestGateway(GatewayConfig.defaults(), address, new FaultLadder(0), builder -> {
            more.accept(builder);
            for (String line : accounts) {
                builder.account(Account.parse(line));
            }
        });
        made.push(gateway);
        return gateway;
    }

    <T extends AutoCloseable> T with(T part) {
        made.push(part);
        return part;
    }

    static RegistrationStatus await(TestGateway gateway, State state) {
        await("state " + state, gateway, all -> all.stream().allMatch(one -> one.state() == state));
        return gateway.gateway.registrations().get(0);
    }

    static void await(String what, TestGateway gateway, Predicate<List<RegistrationStatus>> condition) {
        long end = System.nanoTime() + PATIENCE.toNanos();
        while (!condition.test(gateway.gateway.registrations())) {
            if (System.nanoTime() > end) {
                Assertions.fail("no " + what + ": " + gateway.gateway.registrations());
            }
            pause(20);
        }
    }

    /** The Contacts of the user "gw", when there are so many: Kamailio answers first and then says what it has kept. */
    static List<String> contacts(KamailioServer kamailio, int many) throws IOException {
        long end = System.nanoTime() + PATIENCE.toNanos();
        List<String> contacts = kamailio.contacts("gw");
        while (contacts.size() != many && System.nanoTime() < end) {
            pause(20);
            contacts = kamailio.contacts("gw");
        }
        return contacts;
    }

    static void pause(long ms) {
        try {
            Thread.sleep(ms);
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    @Override
    public void close() throws Exception {
        List<Exception> problems = new ArrayList<>();
        while (!made.isEmpty()) {
            try {
                made.pop().close();
            } catch (Exception e) {
                problems.add(e);
            }
        }
        if (!problems.isEmpty()) {
            throw problems.get(0);
        }
    }
}
