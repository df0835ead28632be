package org.sipmgw.sdp;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;

/**
 * What the other side says of DTLS on one media line (RFC 8842 section 5).
 *
 * @param setup {@code active}, {@code passive} or {@code actpass}
 * @param fingerprints those of the strongest hash function (RFC 8122 section 5.1), at least one
 * @param tlsId {@code a=tls-id}
 */
record DtlsDescription(String setup, List<Fingerprint> fingerprints, Optional<String> tlsId) {

    static final String ACTPASS = "actpass";
    private static final String ACTIVE = "active";
    private static final String PASSIVE = "passive";

    /** Empty where there is no fingerprint of a hash function strong enough, or a role that leads to no connection. */
    static Optional<DtlsDescription> of(RemoteLine remote) {
        List<Fingerprint> found =
                fingerprints(remote.line().values("fingerprint").toList());
        if (found.isEmpty()) {
            found = fingerprints(remote.session().attributes().stream()
                    .filter(attribute -> attribute.is("fingerprint"))
                    .map(Attribute::text)
                    .toList());
        }
        String setup = remote.session()
                .attribute(remote.line(), "setup")
                .orElse(ACTPASS)
                .strip()
                .toLowerCase(Locale.ROOT);
        boolean connects = List.of(ACTIVE, PASSIVE, ACTPASS).contains(setup);
        if (found.isEmpty() || !connects) {
            return Optional.empty();
        }
        Optional<String> tlsId =
                remote.session().attribute(remote.line(), "tls-id").map(String::strip);
        return Optional.of(new DtlsDescription(setup, found, tlsId));
    }

    private static List<Fingerprint> fingerprints(List<String> values) {
        List<Fingerprint> all = values.stream()
                .map(DtlsDescription::fingerprint)
                .flatMap(Optional::stream)
                .toList();
        Optional<String> strongest = all.stream().map(Fingerprint::algorithm).max(Comparator.naturalOrder());
        return all.stream()
                .filter(one -> one.algorithm().equals(strongest.orElse("")))
                .toList();
    }

    /** Empty for a weak hash function, or a broken one. */
    private static Optional<Fingerprint> fingerprint(String value) {
        try {
            return Optional.of(Fingerprint.parse(value));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /**
     * The association after an exchange: the one before where both sides still mean that one, else a new one.
     *
     * @param client our role where it is free to choose
     * @param offeredTlsId the name that our own offer gave it; empty in an answer
     */
    MediaSecurity.Dtls association(Optional<MediaSecurity> before, boolean client, Optional<String> offeredTlsId) {
        boolean role = setup.equals(ACTPASS) ? client : setup.equals(PASSIVE);
        if (before.orElse(MediaSecurity.plain()) instanceof MediaSecurity.Dtls same
                && same.fingerprints().equals(fingerprints)
                && same.remoteTlsId().equals(tlsId)
                && (setup.equals(ACTPASS) || same.client() == role)) {
            return same;
        }
        return new MediaSecurity.Dtls(role, fingerprints, offeredTlsId.orElseGet(DtlsDescription::newTlsId), tlsId);
    }

    /** 20 to 255 characters with at least 120 random bits (RFC 8842 section 5.2). */
    static String newTlsId() {
        return UUID.randomUUID().toString().replace("-", "")
                + UUID.randomUUID().toString().substring(0, 8);
    }

    static List<Attribute> attributes(String setup, Fingerprint own, Optional<String> tlsId) {
        List<Attribute> attributes = new ArrayList<>();
        attributes.add(Attribute.of("setup", setup));
        attributes.add(Attribute.of("fingerprint", own.toString()));
        tlsId.ifPresent(id -> attributes.add(Attribute.of("tls-id", id)));
        return attributes;
    }

    static String setup(boolean client) {
        return client ? ACTIVE : PASSIVE;
    }
}
