package org.sipmgw.internal.sip.registration;

import java.util.List;
import org.sipmgw.account.Account;
import org.sipmgw.internal.sip.SipContact;
import org.sipmgw.internal.sip.SipEndpoint;
import org.sipmgw.internal.sip.SipHop;

/**
 * What calls of an account need to know of its registration while that stands.
 *
 * @param account whose it is
 * @param server where the registration went, and so where calls go first
 * @param serviceRoute SIP addresses that calls go through in the registrar's domain (RFC 3608), the first first
 * @param contact how the account is reached
 */
public record RegisteredFlow(Account account, SipHop server, List<String> serviceRoute, SipContact contact) {

    static RegisteredFlow of(Flow flow, SipHop server) {
        List<String> routes = flow.serviceRoute().stream()
                .map(value -> value.replaceFirst("^[^<]*<([^>]*)>.*$", "$1").strip())
                .filter(SipEndpoint::isAddress)
                .toList();
        return new RegisteredFlow(
                flow.account(),
                server,
                routes,
                new SipContact(
                        flow.account().address().user(),
                        flow.outbound() ? ";ob" : "",
                        flow.gruu().filter(SipEndpoint::isAddress)));
    }
}
