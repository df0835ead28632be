package org.sipmgw.sdp;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sipmgw.sdp.EncryptionPolicy.KeyExchange;
import org.sipmgw.sdp.EncryptionPolicy.Level;

/**
 * What a policy allows, as far as the media engine can.
 *
 * @param policy what is wanted
 * @param suites for security descriptions, in our order
 * @param certificate of our side of DTLS; empty where there is no DTLS
 */
record SecurityTerms(EncryptionPolicy policy, List<SrtpSuite> suites, Optional<Fingerprint> certificate) {

    static SecurityTerms of(EncryptionPolicy policy, MediaCapabilities capabilities, LocalMedia media) {
        List<SrtpSuite> suites = policy.accepts(KeyExchange.SDES)
                ? policy.suites().stream()
                        .filter(capabilities.suites()::contains)
                        .toList()
                : List.of();
        return new SecurityTerms(
                policy, suites, policy.accepts(KeyExchange.DTLS) ? media.certificate() : Optional.empty());
    }

    boolean required() {
        return policy.level() == Level.REQUIRED;
    }

    /** Whether keys beside RTP/AVP are taken and offered. */
    boolean opportunistic() {
        return required() || policy.level() == Level.PREFERRED;
    }

    /** The protocol of a new line of an own offer. */
    String protocol() {
        if (!required()) {
            return "RTP/AVP";
        }
        String profile = policy.feedbackProfile() ? "RTP/SAVPF" : "RTP/SAVP";
        return policy.offered() == KeyExchange.DTLS ? "UDP/TLS/" + profile : profile;
    }

    /** The attributes of a new line of an own offer. */
    List<Attribute> offered() {
        List<Attribute> lines = new ArrayList<>();
        if (!opportunistic()) {
            return lines;
        }
        if (policy.offered() == KeyExchange.DTLS) {
            certificate.ifPresent(own -> lines.addAll(
                    DtlsDescription.attributes(DtlsDescription.ACTPASS, own, Optional.of(DtlsDescription.newTlsId()))));
        } else {
            for (SrtpSuite suite : suites) {
                String tag = Integer.toString(lines.size() + 1);
                lines.add(new CryptoLine(tag, suite.name(), suite, SrtpMasterKey.random(suite), 0).attribute());
            }
        }
        return lines;
    }

    /** The attributes of a line of a later own offer: the same keys, the same association. */
    List<Attribute> offeredAgain(MediaSecurity inForce, MediaDescription ours) {
        if (inForce instanceof MediaSecurity.Dtls dtls && certificate.isPresent()) {
            return DtlsDescription.attributes(
                    DtlsDescription.ACTPASS, certificate.get(), Optional.of(dtls.localTlsId()));
        }
        if (inForce instanceof MediaSecurity.Sdes sdes) {
            return CryptoLine.of(ours).stream()
                    .filter(line -> line.key().equals(sdes.local()))
                    .map(CryptoLine::attribute)
                    .toList();
        }
        return List.of();
    }
}
