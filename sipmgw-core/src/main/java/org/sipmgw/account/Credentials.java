package org.sipmgw.account;

import java.util.Objects;

/**
 * A name and a secret. The secret never stands in {@link #toString()}.
 *
 * @param user the name to authenticate as
 * @param password the secret
 */
public record Credentials(String user, String password) {
    public Credentials {
        Objects.requireNonNull(user);
        Objects.requireNonNull(password);
    }

    @Override
    public String toString() {
        return "Credentials[" + user + "]";
    }
}
