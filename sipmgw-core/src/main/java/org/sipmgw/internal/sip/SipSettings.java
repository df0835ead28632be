package org.sipmgw.internal.sip;

import java.time.Duration;
import java.util.Optional;
import org.sipmgw.admission.AdmissionRules;
import org.sipmgw.tls.TlsSettings;

/**
 * What an endpoint is told once.
 *
 * @param product what we call ourselves
 * @param maxTransactions requests being handled at once; further ones are dropped and come again
 * @param tls certificates
 * @param admission who may call, and how often
 * @param retryAfter what those are told that call too often
 * @param trafficClass of our packets, 0 for that of the system
 * @param minSessionExpires session timers below are answered 422 (RFC 4028)
 * @param publicPlace where our Contacts say that we are; empty: at our own address, or where servers see us
 */
public record SipSettings(
        String product,
        int maxTransactions,
        TlsSettings tls,
        AdmissionRules admission,
        Duration retryAfter,
        int trafficClass,
        Duration minSessionExpires,
        Optional<SipPlace> publicPlace) {}
