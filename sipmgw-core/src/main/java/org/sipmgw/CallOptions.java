package org.sipmgw;

import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sipmgw.account.Account;
import org.sipmgw.account.Credentials;
import org.sipmgw.account.SipServer;
import org.sipmgw.spi.ConfigException;

/**
 * How a call is placed. Immutable.
 *
 * @param fromUri who calls, a {@code sip:} or {@code sips:} address; empty: the gateway's own address
 * @param displayName the caller's name for people
 * @param credentials what to answer to a challenge with
 * @param routes SIP addresses of proxies to go through, the first first; none: straight to the address that is called
 * @param ringTimeout how long it may ring; 1 s to 10 min
 */
public record CallOptions(
        Optional<String> fromUri,
        Optional<String> displayName,
        Optional<Credentials> credentials,
        List<String> routes,
        Duration ringTimeout) {

    private static final Duration RING_TIMEOUT = Duration.ofSeconds(60);

    public CallOptions {
        if (ringTimeout.toMillis() < 1000 || ringTimeout.toMinutes() > 10) {
            throw new ConfigException("ringTimeout", ringTimeout, "1 s to 10 min");
        }
        routes = List.copyOf(routes);
    }

    /** As the gateway itself, without credentials, ringing for 60 s. */
    public static CallOptions defaults() {
        return new CallOptions(Optional.empty(), Optional.empty(), Optional.empty(), List.of(), RING_TIMEOUT);
    }

    /** As an account: its address, name and password, through its first outbound proxy, else its domain's server. */
    public static CallOptions of(Account account) {
        List<SipServer> outbound = account.registration().outbound();
        SipServer server = outbound.isEmpty() ? account.address().domain() : outbound.get(0);
        return new CallOptions(
                Optional.of(account.address().uri()),
                account.address().displayName(),
                account.credentials(),
                List.of(uri(server, account.address().secure())),
                RING_TIMEOUT);
    }

    private static String uri(SipServer server, boolean secure) {
        String port = server.port() == 0 ? "" : ":" + server.port();
        String transport = server.transport()
                .map(one -> ";transport=" + one.name().toLowerCase(Locale.ROOT))
                .orElse("");
        return (secure ? "sips:" : "sip:") + server.hostInUri() + port + transport;
    }

    /** The same as another caller. */
    public CallOptions withFrom(String uri, String name) {
        return new CallOptions(Optional.of(uri), Optional.of(name), credentials, routes, ringTimeout);
    }

    /** The same with other credentials. */
    public CallOptions withCredentials(Credentials answer) {
        return new CallOptions(fromUri, displayName, Optional.of(answer), routes, ringTimeout);
    }

    /** The same through other proxies. */
    public CallOptions withRoutes(List<String> proxies) {
        return new CallOptions(fromUri, displayName, credentials, proxies, ringTimeout);
    }

    /** The same with another time to ring. */
    public CallOptions withRingTimeout(Duration timeout) {
        return new CallOptions(fromUri, displayName, credentials, routes, timeout);
    }
}
