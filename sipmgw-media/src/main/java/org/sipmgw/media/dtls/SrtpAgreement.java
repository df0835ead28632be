package org.sipmgw.media.dtls;

import java.io.IOException;
import java.util.List;
import org.bouncycastle.tls.AlertDescription;
import org.bouncycastle.tls.Certificate;
import org.bouncycastle.tls.ExporterLabel;
import org.bouncycastle.tls.TlsContext;
import org.bouncycastle.tls.TlsFatalAlert;
import org.bouncycastle.tls.UseSRTPData;
import org.jspecify.annotations.Nullable;
import org.sipmgw.media.srtp.SrtpKeys;
import org.sipmgw.media.srtp.SrtpProfile;
import org.sipmgw.sdp.Fingerprint;

/** What both roles of the handshake do alike: check the certificate, agree on a profile, take the keys out. */
final class SrtpAgreement {
    final DtlsIdentity identity;
    private final List<Fingerprint> expected;
    private @Nullable SrtpProfile profile;
    private byte @Nullable [] exported;
    private boolean checked;

    SrtpAgreement(DtlsIdentity identity, List<Fingerprint> expected) {
        this.identity = identity;
        this.expected = expected;
    }

    /** Every profile, best first. */
    static int[] offeredProfiles() {
        return SrtpProfile.ofDtls().stream().mapToInt(SrtpProfile::id).toArray();
    }

    /** The one certificate check there is (RFC 5763 section 5): the fingerprint that signalling told. */
    void check(@Nullable Certificate certificate) throws IOException {
        if (certificate == null
                || certificate.isEmpty()
                || !matches(certificate.getCertificateAt(0).getEncoded())) {
            throw new TlsFatalAlert(AlertDescription.bad_certificate, "fingerprint is not the one of the description");
        }
        checked = true;
    }

    private boolean matches(byte[] encoded) {
        return expected.stream().anyMatch(one -> one.matches(encoded));
    }

    /** Takes our best profile that the other side has. */
    void choose(@Nullable UseSRTPData theirs) throws IOException {
        if (theirs != null) {
            for (SrtpProfile ours : SrtpProfile.ofDtls()) {
                for (int id : theirs.getProtectionProfiles()) {
                    if (id == ours.id()) {
                        profile = ours;
                        return;
                    }
                }
            }
        }
        throw new TlsFatalAlert(AlertDescription.illegal_parameter, "no common SRTP protection profile");
    }

    int chosenProfile() throws IOException {
        if (profile == null) {
            throw new TlsFatalAlert(AlertDescription.internal_error);
        }
        return profile.id();
    }

    void export(TlsContext context) throws IOException {
        if (profile == null || !checked) {
            throw new TlsFatalAlert(AlertDescription.handshake_failure, "no profile or no certificate");
        }
        exported = context.exportKeyingMaterial(
                ExporterLabel.dtls_srtp, null, 2 * (profile.keyLength() + profile.saltLength()));
    }

    SrtpKeys keys(boolean client) throws IOException {
        if (profile == null || exported == null) {
            throw new IOException("handshake without keys");
        }
        return SrtpKeys.ofExport(profile, exported, client);
    }
}
