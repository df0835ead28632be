package org.sipmgw.internal.sip.registration;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.sipmgw.account.Account;
import org.sipmgw.account.AddressOfRecord;
import org.sipmgw.account.SipServer;
import org.sipmgw.internal.sip.SipHop;
import org.sipmgw.internal.sip.SipRequestText;
import org.sipmgw.internal.sip.auth.DigestClient;
import org.sipmgw.internal.sip.auth.DigestRequest;

/** Writes the REGISTER requests of one flow: always the same Call-ID and tag, a CSeq that rises. */
final class RegisterText {
    private final Account account;
    private final FlowIdentity identity;
    private final List<SipServer> proxies;
    private long cseq;

    /** @param proxies those that a Route must name when a request goes to them */
    RegisterText(Account account, FlowIdentity identity, List<SipServer> proxies) {
        this.account = account;
        this.identity = identity;
        this.proxies = proxies;
    }

    /**
     * The next request.
     *
     * @param registrar the request URI
     * @param life wished for; zero takes the registration back
     * @param outbound whether reg-id is told (RFC 5626)
     * @param place where the Contact says that we are
     */
    SipRequestText next(
            SipHop hop,
            String registrar,
            Duration life,
            boolean outbound,
            FlowContact place,
            Optional<DigestClient> www,
            Optional<DigestClient> toProxy) {
        AddressOfRecord address = account.address();
        String name = address.displayName().map(RegisterText::quoted).orElse("");
        List<String> lines = new ArrayList<>();
        proxies.stream()
                .filter(proxy ->
                        proxy.host().equals(hop.serverName()) && (proxy.port() == 0 || proxy.port() == hop.port()))
                .findFirst()
                .ifPresent(proxy -> lines.add("Route: <" + uri(proxy, address.secure()) + ";lr>"));
        lines.add("From: " + name + "<" + address.uri() + ">;tag=" + identity.tag());
        lines.add("To: " + name + "<" + address.uri() + ">");
        lines.add("Call-ID: " + identity.callId());
        lines.add("CSeq: " + ++cseq + " REGISTER");
        lines.add("Contact: " + contact(place.told(), life, outbound));
        place.former().ifPresent(gone -> lines.add("Contact: " + contact(gone, Duration.ZERO, outbound)));
        lines.add("Expires: " + life.toSeconds());
        lines.add("Supported: path, gruu" + (outbound ? ", outbound" : ""));
        DigestRequest request = DigestRequest.of("REGISTER", registrar);
        www.ifPresent(client -> client.authorizations(request).forEach(value -> lines.add("Authorization: " + value)));
        toProxy.ifPresent(
                client -> client.authorizations(request).forEach(value -> lines.add("Proxy-Authorization: " + value)));
        return new SipRequestText(hop, "REGISTER", registrar, lines);
    }

    private String contact(String place, Duration life, boolean outbound) {
        StringBuilder contact = new StringBuilder("<")
                .append(account.address().secure() ? "sips:" : "sip:")
                .append(account.address().user())
                .append('@')
                .append(place)
                .append(outbound ? ";ob" : "")
                .append(';')
                .append(FlowIdentity.PARAMETER)
                .append('=')
                .append(identity.token())
                .append(">;+sip.instance=\"<")
                .append(identity.instance())
                .append(">\"");
        if (outbound) {
            contact.append(";reg-id=").append(identity.number());
        }
        account.registration()
                .q()
                .ifPresent(q -> contact.append(String.format(Locale.ROOT, ";q=%d.%03d", q / 1000, q % 1000)));
        return contact.append(";expires=").append(life.toSeconds()).toString();
    }

    /** The registrar's URI: host and, where it is not the usual one, port. */
    static String registrar(SipServer server, boolean secure) {
        return (secure ? "sips:" : "sip:") + server.hostInUri() + (server.port() > 0 ? ":" + server.port() : "");
    }

    private static String uri(SipServer server, boolean secure) {
        String transport = server.transport()
                .map(t -> ";transport=" + t.name().toLowerCase(Locale.ROOT))
                .orElse("");
        return (secure ? "sips:" : "sip:")
                + server.hostInUri()
                + (server.port() > 0 ? ":" + server.port() : "")
                + transport;
    }

    private static String quoted(String name) {
        return "\"" + name.replaceAll("\\p{Cntrl}", " ").replace("\\", "\\\\").replace("\"", "\\\"") + "\" ";
    }
}
