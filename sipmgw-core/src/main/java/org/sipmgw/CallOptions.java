package org.sipmgw;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.sipmgw.account.Account;
import org.sipmgw.account.Credentials;
import org.sipmgw.spi.ConfigException;

/**
 * How a call is placed. Immutable.
 *
 * @param fromUri who calls, a {@code sip:} or {@code sips:} address; empty: the gateway's own address
 * @param displayName the caller's name for people
 * @param credentials what to answer to a challenge with
 * @param routes SIP addresses of proxies to go through, the first first; none: as the account is registered, and without
 *     an account straight to the address that is called
 * @param ringTimeout how long it may ring; 1 s to 10 min
 * @param account whose call it is: its wishes for codecs, encryption, NAT and keys hold
 */
public record CallOptions(
        Optional<String> fromUri,
        Optional<String> displayName,
        Optional<Credentials> credentials,
        List<String> routes,
        Duration ringTimeout,
        Optional<Account> account) {

    private static final Duration RING_TIMEOUT = Duration.ofSeconds(60);

    public CallOptions {
        if (ringTimeout.toMillis() < 1000 || ringTimeout.toMinutes() > 10) {
            throw new ConfigException("ringTimeout", ringTimeout, "1 s to 10 min");
        }
        routes = List.copyOf(routes);
    }

    /** As the gateway itself, without credentials, ringing for 60 s. */
    public static CallOptions defaults() {
        Optional<String> none = Optional.empty();
        return new CallOptions(none, none, Optional.empty(), List.of(), RING_TIMEOUT, Optional.empty());
    }

    /**
     * As an account: its address, name and password, and its wishes for media. While the gateway has it registered the call
     * goes where the registration went, by the registrar's Service-Route (RFC 3608) and with the Contact that it gave (GRUU,
     * RFC 5627); else through the account's first outbound proxy, or its domain's server.
     */
    public static CallOptions of(Account account) {
        return new CallOptions(
                Optional.of(account.address().uri()),
                account.address().displayName(),
                account.credentials(),
                List.of(),
                RING_TIMEOUT,
                Optional.of(account));
    }

    /** The same as another caller. */
    public CallOptions withFrom(String uri, String name) {
        return new CallOptions(Optional.of(uri), Optional.of(name), credentials, routes, ringTimeout, account);
    }

    /** The same with other credentials. */
    public CallOptions withCredentials(Credentials answer) {
        return new CallOptions(fromUri, displayName, Optional.of(answer), routes, ringTimeout, account);
    }

    /** The same through other proxies. */
    public CallOptions withRoutes(List<String> proxies) {
        return new CallOptions(fromUri, displayName, credentials, proxies, ringTimeout, account);
    }

    /** The same with another time to ring. */
    public CallOptions withRingTimeout(Duration timeout) {
        return new CallOptions(fromUri, displayName, credentials, routes, timeout, account);
    }
}
