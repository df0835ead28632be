package org.sipmgw.media.srtp;

import javax.crypto.Cipher;
import org.jitsi.srtp.crypto.Aes;
import org.jitsi.srtp.crypto.JitsiOpenSslProvider;

/** Chooses the ciphers of jitsi-srtp once. */
final class NativeCiphers {
    /** Whether OpenSSL's are there; other ciphers keep or compare the vector and must have it copied. */
    static final boolean AVAILABLE;

    static {
        // else the library runs a benchmark of one to two seconds when the first cipher is made
        Aes.setFactoryClassName("OpenSSL");
        AVAILABLE = JitsiOpenSslProvider.isLoaded();
    }

    private NativeCiphers() {}

    /** A cipher of its own for each call. */
    static Cipher create(String transformation) {
        return Aes.createCipher(transformation);
    }
}
