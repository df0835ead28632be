package org.sipmgw.testsupport;

import java.security.SecureRandom;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import org.sipmgw.media.srtp.SrtpKeys;
import org.sipmgw.media.srtp.SrtpProfile;

/** AEAD_AES_256_GCM with keys in the descriptions (RFC 4568), as a {@link VirtualPhone} offers it. Thread-safe. */
final class PhoneKeys implements PhoneSecurity {

    private static final String SUITE = "AEAD_AES_256_GCM";
    private static final SrtpProfile PROFILE = SrtpProfile.AEAD_AES_256_GCM;

    private final SecureRandom random = new SecureRandom();
    private final PhoneSrtp srtp = new PhoneSrtp();
    private byte[] own = {};
    private byte[] theirs = {};

    PhoneKeys() {
        renew();
    }

    @Override
    public synchronized void renew() {
        own = new byte[PROFILE.keyLength() + PROFILE.saltLength()];
        random.nextBytes(own);
        theirs = new byte[0];
    }

    @Override
    public synchronized List<String> attributes() {
        return List.of("crypto:1 " + SUITE + " inline:" + Base64.getEncoder().encodeToString(own));
    }

    @Override
    public synchronized void answered(List<String> attributes) {
        String prefix = "crypto:1 " + SUITE + " inline:";
        for (String attribute : attributes) {
            if (attribute.startsWith(prefix)) {
                byte[] answered = Base64.getDecoder().decode(attribute.substring(prefix.length()));
                if (!Arrays.equals(answered, theirs)) {
                    theirs = answered;
                    srtp.use(keys());
                }
                return;
            }
        }
        throw new IllegalStateException("the answer selects no key of the offer: " + attributes.size() + " attributes");
    }

    private SrtpKeys keys() {
        byte[] other = Arrays.copyOf(theirs, own.length);
        return new SrtpKeys(
                PROFILE,
                Arrays.copyOf(own, PROFILE.keyLength()),
                Arrays.copyOfRange(own, PROFILE.keyLength(), own.length),
                Arrays.copyOf(other, PROFILE.keyLength()),
                Arrays.copyOfRange(other, PROFILE.keyLength(), other.length));
    }

    @Override
    public boolean onePort() {
        return false;
    }

    @Override
    public PhoneSrtp srtp() {
        return srtp;
    }

    @Override
    public boolean handshake(byte[] buffer, int length) {
        return false;
    }

    @Override
    public void close() {
        // keys need no goodbye
    }
}
