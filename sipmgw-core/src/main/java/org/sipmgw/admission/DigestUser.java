package org.sipmgw.admission;

import java.util.Locale;
import java.util.Optional;
import org.sipmgw.spi.ConfigException;

/**
 * Who may call with a password. The password, or its hashes with name and realm: {@code MD5(name:realm:password)} and the
 * same by SHA-256, in hexadecimal digits. A hash is as good as the password for whoever steals it here, but tells nothing
 * elsewhere. Secrets never stand in {@link #toString()}.
 *
 * @param name the user
 * @param password the password itself
 * @param md5 hash for devices that know MD5 only
 * @param sha256 hash for others
 */
public record DigestUser(String name, Optional<String> password, Optional<String> md5, Optional<String> sha256) {

    public DigestUser {
        if (name.isBlank()) {
            throw new ConfigException("user", name, "a name");
        }
        if (password.isEmpty() && md5.isEmpty() && sha256.isEmpty()) {
            throw new ConfigException("password", "nothing", "a password or a hash for " + name);
        }
        md5 = md5.map(hash -> digits("md5", hash, 32));
        sha256 = sha256.map(hash -> digits("sha256", hash, 64));
    }

    private static String digits(String key, String hash, int length) {
        String lower = hash.toLowerCase(Locale.ROOT);
        if (!lower.matches("[0-9a-f]{" + length + "}")) {
            throw new ConfigException(key, "(hidden)", length + " hexadecimal digits");
        }
        return lower;
    }

    /** A user with a password. */
    public static DigestUser of(String name, String password) {
        return new DigestUser(name, Optional.of(password), Optional.empty(), Optional.empty());
    }

    @Override
    public String toString() {
        return "DigestUser[" + name + "]";
    }
}
