package org.sipmgw.testsupport;

import java.util.Map;

/**
 * How a {@link KamailioServer} behaves.
 *
 * @param algorithm hash of its challenges: MD5 or SHA-256
 * @param nonceSeconds life of a nonce
 * @param smallestExpires seconds below which a registration is answered 423
 * @param users passwords by name
 */
public record KamailioSettings(String algorithm, int nonceSeconds, int smallestExpires, Map<String, String> users) {

    /** MD5, nonces of 5 min, registrations of 10 s or more, and these users. */
    public static KamailioSettings of(Map<String, String> users) {
        return new KamailioSettings("MD5", 300, 10, users);
    }

    /** The same with another hash. */
    public KamailioSettings withAlgorithm(String other) {
        return new KamailioSettings(other, nonceSeconds, smallestExpires, users);
    }

    /** The same with nonces of another life. */
    public KamailioSettings withNonceSeconds(int seconds) {
        return new KamailioSettings(algorithm, seconds, smallestExpires, users);
    }

    /** The same with another smallest life of a registration. */
    public KamailioSettings withSmallestExpires(int seconds) {
        return new KamailioSettings(algorithm, nonceSeconds, seconds, users);
    }
}
