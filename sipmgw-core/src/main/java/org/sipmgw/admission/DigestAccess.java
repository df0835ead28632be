package org.sipmgw.admission;

import java.util.List;
import org.sipmgw.spi.ConfigException;

/**
 * Calls need a password (RFC 3261 section 22, RFC 8760): SHA-256 is asked for, and MD5 for devices that know no better.
 *
 * @param realm what people are shown the password is for; part of the hashes
 * @param users who may call
 * @param exempt sources that need none, for example the proxy that the gateway is registered at
 */
public record DigestAccess(String realm, List<DigestUser> users, List<Network> exempt) {

    public DigestAccess {
        if (realm.isBlank() || !realm.matches("[\\x20-\\x7e&&[^\"\\\\]]{1,128}")) {
            throw new ConfigException("realm", realm, "1 to 128 printable ASCII characters without \" and \\");
        }
        if (users.isEmpty()) {
            throw new ConfigException("users", "nobody", "at least one user");
        }
        users = List.copyOf(users);
        exempt = List.copyOf(exempt);
    }
}
