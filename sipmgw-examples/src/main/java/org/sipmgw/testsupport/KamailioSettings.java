package org.sipmgw.testsupport;

import java.util.Map;

/**
 * How a {@link KamailioServer} behaves.
 *
 * @param algorithm hash of its challenges: MD5 or SHA-256
 * @param nonceSeconds life of a nonce
 * @param smallestExpires seconds below which a registration is answered 423
 * @param users passwords by name; who bears one of these names is asked for its password when it calls, too
 * @param serviceRoute whether it tells registered users a Service-Route (RFC 3608)
 */
public record KamailioSettings(
        String algorithm, int nonceSeconds, int smallestExpires, Map<String, String> users, boolean serviceRoute) {

    /** MD5, nonces of 5 min, registrations of 10 s or more, and these users. */
    public static KamailioSettings of(Map<String, String> users) {
        return new KamailioSettings("MD5", 300, 10, users, false);
    }

    /** The same with another hash. */
    public KamailioSettings withAlgorithm(String other) {
        return new KamailioSettings(other, nonceSeconds, smallestExpires, users, serviceRoute);
    }

    /** The same with nonces of another life. */
    public KamailioSettings withNonceSeconds(int seconds) {
        return new KamailioSettings(algorithm, seconds, smallestExpires, users, serviceRoute);
    }

    /** The same with another smallest life of a registration. */
    public KamailioSettings withSmallestExpires(int seconds) {
        return new KamailioSettings(algorithm, nonceSeconds, seconds, users, serviceRoute);
    }

    /** The same with a Service-Route that names itself and bears {@code id=home}. */
    public KamailioSettings withServiceRoute() {
        return new KamailioSettings(algorithm, nonceSeconds, smallestExpires, users, true);
    }
}
