package org.sipmgw.sdp;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * How one line of the other side is protected.
 *
 * @param security what is agreed
 * @param attributes what our answer says of it
 */
record SecurityChoice(MediaSecurity security, List<Attribute> attributes) {

    private static final SecurityChoice PLAIN = new SecurityChoice(MediaSecurity.plain(), List.of());

    /** Finds the answer to an offered line; empty where nothing fits. */
    static Optional<SecurityChoice> answer(RemoteLine remote, SecurityTerms terms, Optional<MediaSecurity> inForce) {
        Optional<SecurityChoice> dtls = dtls(remote, terms, inForce);
        Optional<SecurityChoice> sdes = sdes(remote, terms, inForce);
        // RFC 8643 section 3.1: DTLS before keys in the description, where both are offered
        Optional<SecurityChoice> encrypted = dtls.or(() -> sdes);
        return switch (RtpProfile.of(remote.line().protocol()).orElseThrow()) {
            case DTLS -> dtls;
            case SECURE -> encrypted;
            case PLAIN -> {
                Optional<SecurityChoice> beside = terms.opportunistic() ? encrypted : Optional.empty();
                yield terms.required() ? beside : beside.or(() -> Optional.of(PLAIN));
            }
        };
    }

    private static Optional<SecurityChoice> dtls(
            RemoteLine remote, SecurityTerms terms, Optional<MediaSecurity> inForce) {
        return terms.certificate()
                .flatMap(own -> DtlsDescription.of(remote).map(theirs -> {
                    // passive: a room behind a NAT must speak first to be reached
                    MediaSecurity.Dtls agreed = theirs.association(inForce, false, Optional.empty());
                    String setup = DtlsDescription.setup(agreed.client());
                    Optional<String> tlsId = theirs.tlsId().map(id -> agreed.localTlsId());
                    return new SecurityChoice(agreed, DtlsDescription.attributes(setup, own, tlsId));
                }));
    }

    /** The first line that both sides can; our key stays as long as theirs does, and changes when theirs does. */
    private static Optional<SecurityChoice> sdes(
            RemoteLine remote, SecurityTerms terms, Optional<MediaSecurity> inForce) {
        return CryptoLine.of(remote.line()).stream()
                .filter(line -> terms.suites().contains(line.suite()))
                .findFirst()
                .map(line -> {
                    SrtpMasterKey own = inForce.flatMap(before -> kept(before, line))
                            .orElseGet(() -> SrtpMasterKey.random(line.suite()));
                    return new SecurityChoice(
                            new MediaSecurity.Sdes(line.suite(), own, line.key(), line.mkiBytes()),
                            List.of(line.answeredWith(own).attribute()));
                });
    }

    private static Optional<SrtpMasterKey> kept(MediaSecurity before, CryptoLine line) {
        return before instanceof MediaSecurity.Sdes sdes
                        && sdes.suite() == line.suite()
                        && sdes.remote().equals(line.key())
                ? Optional.of(sdes.local())
                : Optional.empty();
    }

    /** Reads the answer to a line of our offer; empty where it does not fit. */
    static Optional<MediaSecurity> accept(
            RemoteLine remote, MediaDescription ours, SecurityTerms terms, Optional<MediaSecurity> inForce) {
        Optional<MediaSecurity> agreed = ours.has("fingerprint")
                ? DtlsDescription.of(remote).map(theirs -> theirs.association(inForce, false, ours.attribute("tls-id")))
                : CryptoLine.of(remote.line()).stream()
                        .flatMap(answered -> selected(answered, ours))
                        .findFirst();
        boolean mayBePlain = !terms.required() && plain(ours) && plain(remote.line());
        return agreed.or(() -> mayBePlain ? Optional.of(MediaSecurity.plain()) : Optional.empty());
    }

    private static Stream<MediaSecurity> selected(CryptoLine answered, MediaDescription ours) {
        return CryptoLine.of(ours).stream()
                .filter(offered -> offered.tag().equals(answered.tag()) && offered.suite() == answered.suite())
                .map(offered ->
                        new MediaSecurity.Sdes(offered.suite(), offered.key(), answered.key(), answered.mkiBytes()));
    }

    private static boolean plain(MediaDescription line) {
        return RtpProfile.of(line.protocol()).orElseThrow() == RtpProfile.PLAIN;
    }

    /** Why {@link #answer} found nothing. */
    static Refusal refusal(RemoteLine remote, SecurityTerms terms) {
        MediaDescription line = remote.line();
        if (plain(line)) {
            return new Refusal(Refusal.MISCELLANEOUS, line.media() + " without usable encryption is refused here");
        }
        boolean can = !terms.suites().isEmpty() || terms.certificate().isPresent();
        return new Refusal(
                Refusal.INCOMPATIBLE_TRANSPORT,
                line.media() + " over " + line.protocol()
                        + (can ? " has no keys that can be used" : " is not supported, only RTP/AVP and RTP/AVPF"));
    }
}
