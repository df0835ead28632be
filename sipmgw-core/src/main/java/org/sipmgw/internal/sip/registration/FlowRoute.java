package org.sipmgw.internal.sip.registration;

import java.util.List;
import java.util.Optional;
import org.sipmgw.account.Account;
import org.sipmgw.account.SipServer;
import org.sipmgw.internal.sip.SipHop;

/** Where the REGISTERs of one flow go: through which servers, one after the other, and to which registrar. Not thread-safe. */
final class FlowRoute {
    private final Account account;
    private final List<SipServer> through;
    private List<SipServer> targets = List.of();
    private String registrar = "";
    private List<SipHop> hops = List.of();
    private int hop;

    /** @param through proxies in order of preference; empty: the account's own domain */
    FlowRoute(Account account, List<SipServer> through) {
        this.account = account;
        this.through = through;
        reset();
    }

    /** Back to what the account says, after redirections. */
    void reset() {
        targets = through.isEmpty() ? List.of(account.address().domain()) : through;
        registrar = RegisterText.registrar(
                account.address().domain(), account.address().secure());
    }

    /** The registrar has named others. */
    void redirect(List<SipServer> elsewhere) {
        targets = elsewhere;
        registrar = RegisterText.registrar(elsewhere.get(0), account.address().secure());
    }

    /** The servers to find now. */
    List<SipServer> targets() {
        return targets;
    }

    /** The server that a person would name. */
    String named() {
        SipServer server = through.isEmpty() ? account.address().domain() : through.get(0);
        return server.hostInUri() + (server.port() > 0 ? ":" + server.port() : "");
    }

    /** The Request-URI. */
    String registrar() {
        return registrar;
    }

    /** What was found, best first. */
    void found(List<SipHop> found) {
        hops = found;
        hop = 0;
    }

    /** The server of now, where one was found. */
    Optional<SipHop> server() {
        return hop < hops.size() ? Optional.of(hops.get(hop)) : Optional.empty();
    }

    /** Whether another server is left. */
    boolean hasNext() {
        return hop + 1 < hops.size();
    }

    /** On to the next server. */
    void next() {
        hop++;
    }
}
