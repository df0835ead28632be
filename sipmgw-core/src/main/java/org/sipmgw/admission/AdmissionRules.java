package org.sipmgw.admission;

import java.net.InetAddress;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * What is looked at before a call costs anything. Rules are for requests outside a dialog: calls that run are never
 * touched. Immutable.
 *
 * @param allowed the only sources that may call, others are answered 403; empty: everybody may
 * @param refusedUserAgents parts of User-Agent headers, case does not matter: such requests are dropped without an answer
 * @param perSource calls from one address (IPv6: one /64); further ones are answered 503
 * @param total calls from everywhere; further ones are answered 503
 * @param digest whether calls need a password
 */
public record AdmissionRules(
        List<Network> allowed,
        List<String> refusedUserAgents,
        RateLimit perSource,
        RateLimit total,
        Optional<DigestAccess> digest) {

    /** Programs that look for gateways to make calls through; no room system is among them. */
    public static final List<String> SCANNERS = List.of(
            "friendly-scanner",
            "friendly-request",
            "sipvicious",
            "sip-scan",
            "sipcli",
            "sundayddr",
            "sivus",
            "pplsip",
            "vaxsipuseragent",
            "eyebeam-scan",
            "siparmyknife");

    public AdmissionRules {
        allowed = List.copyOf(allowed);
        refusedUserAgents = refusedUserAgents.stream()
                .map(agent -> agent.toLowerCase(Locale.ROOT))
                .filter(agent -> !agent.isBlank())
                .toList();
    }

    /** Everybody but scanners may call, 20 times a second from one address and 100 times in all. */
    public static AdmissionRules defaults() {
        return new AdmissionRules(
                List.of(), SCANNERS, new RateLimit(20, 40), new RateLimit(100, 200), Optional.empty());
    }

    /** Whether requests from there are looked at further. */
    public boolean allows(InetAddress source) {
        return allowed.isEmpty() || allowed.stream().anyMatch(network -> network.contains(source));
    }

    /** Whether it is one of {@link #refusedUserAgents()}. */
    public boolean refuses(String userAgent) {
        String lower = userAgent.toLowerCase(Locale.ROOT);
        return refusedUserAgents.stream().anyMatch(lower::contains);
    }

    /** The same for these sources only. */
    public AdmissionRules withAllowed(List<Network> sources) {
        return new AdmissionRules(sources, refusedUserAgents, perSource, total, digest);
    }

    /** The same with other user agents refused. */
    public AdmissionRules withRefusedUserAgents(List<String> parts) {
        return new AdmissionRules(allowed, parts, perSource, total, digest);
    }

    /** The same with other bounds. */
    public AdmissionRules withRates(RateLimit oneSource, RateLimit all) {
        return new AdmissionRules(allowed, refusedUserAgents, oneSource, all, digest);
    }

    /** The same with passwords. */
    public AdmissionRules withDigest(DigestAccess access) {
        return new AdmissionRules(allowed, refusedUserAgents, perSource, total, Optional.of(access));
    }
}
