package org.sipmgw;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;
import org.sipmgw.account.Account;
import org.sipmgw.account.SipServer;
import org.sipmgw.internal.sip.SipContact;
import org.sipmgw.internal.sip.SipTarget;
import org.sipmgw.internal.sip.registration.RegisteredFlow;

/** Which way a call of ours takes: as the embedder says, else as its account's registration, else as the account. */
final class AccountRoutes {
    private AccountRoutes() {}

    /** @param flow the registration that the account has now */
    static SipTarget target(String uri, CallOptions options, Optional<RegisteredFlow> flow) {
        boolean own = options.routes().isEmpty();
        List<String> routes =
                own ? options.account().map(account -> routes(account, flow)).orElse(List.of()) : options.routes();
        return new SipTarget(
                uri,
                options.fromUri(),
                options.displayName(),
                options.credentials(),
                routes,
                flow.filter(any -> own).map(RegisteredFlow::server),
                flow.map(RegisteredFlow::contact).orElse(SipContact.none()));
    }

    /** The outbound proxy, then the registrar's own route (RFC 3608 section 6.1); without either the account's domain. */
    private static List<String> routes(Account account, Optional<RegisteredFlow> flow) {
        List<SipServer> outbound = account.registration().outbound();
        List<String> service = flow.map(RegisteredFlow::serviceRoute).orElse(List.of());
        boolean secure = account.address().secure();
        if (service.isEmpty()) {
            SipServer first = outbound.isEmpty() ? account.address().domain() : outbound.get(0);
            return List.of(uri(first, secure));
        }
        Optional<String> proxy = flow.flatMap(way -> outbound.stream()
                        .filter(one -> one.host().equals(way.server().serverName()))
                        .findFirst())
                .or(() -> outbound.stream().findFirst())
                .map(one -> uri(one, secure));
        List<String> all = new ArrayList<>();
        Stream.concat(proxy.stream(), service.stream())
                .filter(one -> all.stream().noneMatch(other -> authority(other).equals(authority(one))))
                .forEach(all::add);
        return all;
    }

    private static String authority(String uri) {
        return uri.replaceFirst("(?i)^sips?:", "").replaceFirst(";.*$", "");
    }

    private static String uri(SipServer server, boolean secure) {
        String port = server.port() == 0 ? "" : ":" + server.port();
        String transport = server.transport()
                .map(one -> ";transport=" + one.name().toLowerCase(Locale.ROOT))
                .orElse("");
        return (secure ? "sips:" : "sip:") + server.hostInUri() + port + transport;
    }
}
