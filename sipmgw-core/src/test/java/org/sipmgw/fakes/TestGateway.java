package org.sipmgw.fakes;

import java.net.InetSocketAddress;
import java.net.URI;
import java.util.Optional;
import java.util.function.Consumer;
import org.assertj.core.api.Assertions;
import org.sipmgw.Gateway;
import org.sipmgw.GatewayConfig;
import org.sipmgw.ListeningPoint;
import org.sipmgw.Transport;
import org.sipmgw.admission.AdmissionRules;
import org.sipmgw.admission.RateLimit;
import org.sipmgw.conference.Room;
import org.sipmgw.tls.TlsSettings;

/** A real gateway on loopback with a fake engine and a fake joiner. */
public final class TestGateway implements AutoCloseable {
    private static final RateLimit UNBOUNDED = new RateLimit(100_000, 100_000);
    public final FakeEngine engine;
    public final FakeJoiner joiner;
    public final Events events = new Events();
    public final Gateway gateway;

    public TestGateway() {
        this(GatewayConfig.defaults());
    }

    public TestGateway(GatewayConfig config) {
        this(config, "127.0.0.1", new FaultLadder(0));
    }

    public TestGateway(GatewayConfig config, String address, FaultLadder faults) {
        this(config, address, faults, builder -> {});
    }

    /** With something more than the ordinary. */
    public static TestGateway with(Consumer<Gateway.Builder> more) {
        return new TestGateway(GatewayConfig.defaults(), "127.0.0.1", new FaultLadder(0), more);
    }

    /** Under these rules. */
    public static TestGateway admitting(AdmissionRules rules, GatewayConfig config) {
        return new TestGateway(config, "127.0.0.1", new FaultLadder(0), builder -> builder.admission(rules));
    }

    /** Also on TLS. */
    public static TestGateway tls(TlsSettings settings) {
        return new TestGateway(
                GatewayConfig.defaults(),
                "127.0.0.1",
                new FaultLadder(0),
                builder -> builder.tls(settings).listen(ListeningPoint.tls("127.0.0.1", 0)));
    }

    public TestGateway(GatewayConfig config, String address, FaultLadder faults, Consumer<Gateway.Builder> more) {
        engine = new FakeEngine(faults);
        joiner = new FakeJoiner(faults);
        Gateway.Builder builder = Gateway.builder()
                .listen(ListeningPoint.udp(address, 0))
                .listen(ListeningPoint.tcp(address, 0))
                .mediaEngine(engine)
                .joiner(joiner)
                .rooms(request -> request.requestUser()
                        .filter(user -> !user.equals("nowhere"))
                        .map(user -> new Room(
                                URI.create("https://meet.example/" + user), request.displayName(), Optional.empty())))
                .config(config)
                .admission(AdmissionRules.defaults().withRates(UNBOUNDED, UNBOUNDED))
                .listener(events);
        more.accept(builder);
        gateway = builder.build();
        gateway.start();
    }

    public InetSocketAddress address(Transport transport) {
        ListeningPoint point = gateway.listeningPoints().stream()
                .filter(one -> one.transport() == transport)
                .findFirst()
                .orElseThrow();
        String host = switch (point.address()) {
            case "0.0.0.0" -> "127.0.0.1";
            case "::" -> "::1";
            default -> point.address();
        };
        return new InetSocketAddress(host, point.port());
    }

    /** Nothing of any call is left. */
    public void assertEmpty() {
        Assertions.assertThat(gateway.calls()).as("calls").isEmpty();
        Assertions.assertThat(engine.open.get()).as("media sessions").isZero();
        Assertions.assertThat(joiner.open.get()).as("seats").isZero();
    }

    @Override
    public void close() {
        gateway.close();
    }
}
