package org.sipmgw.internal.sip;

import java.util.List;
import java.util.Optional;
import org.sipmgw.account.Credentials;

/**
 * Whom we call, and as whom.
 *
 * @param uri {@code sip:} or {@code sips:} address that is called
 * @param fromUri who we are, as a SIP address; empty: the address of this machine that the other side reaches
 * @param fromName our name for people
 * @param credentials what to answer to a challenge with
 * @param routes SIP addresses of proxies to go through, the first first
 * @param server is tried before those that the first proxy, or the address, is looked up for
 * @param contact what our Contact says of us
 */
public record SipTarget(
        String uri,
        Optional<String> fromUri,
        Optional<String> fromName,
        Optional<Credentials> credentials,
        List<String> routes,
        Optional<SipHop> server,
        SipContact contact) {}
