package org.sipmgw.examples;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sipmgw.account.Credentials;
import org.sipmgw.account.NatTraversal;
import org.sipmgw.account.StunServer;
import org.sipmgw.spi.ConfigException;
import org.sipmgw.spi.NatPolicy;

/** The keys of the configuration file that say how media get through address translation. */
final class NatKeys {

    private NatKeys() {}

    static NatPolicy policy(Section nat) {
        NatPolicy policy = new NatPolicy(
                nat.choice("type", NatTraversal.class, NatTraversal.NONE),
                server(nat),
                address(nat),
                nat.flag("relayOnly", false),
                nat.text("caFile").map(Path::of));
        nat.nothingElse();
        return policy;
    }

    private static Optional<StunServer> server(Section nat) {
        Optional<String> uri = nat.text("server");
        Optional<String> user = nat.text("user");
        String password = nat.text("password").orElse("");
        if (uri.isEmpty()) {
            return Optional.empty();
        }
        try {
            StunServer server = StunServer.parse(uri.get());
            return Optional.of(user.map(name -> server.withCredentials(new Credentials(name, password)))
                    .orElse(server));
        } catch (IllegalArgumentException e) {
            // the address may hold a password: it is not repeated
            ConfigException refusal = new ConfigException("nat.server", "", String.valueOf(e.getMessage()));
            refusal.initCause(e);
            throw refusal;
        }
    }

    private static Optional<InetAddress> address(Section nat) {
        return address(nat, "publicAddress", "nat.publicAddress");
    }

    /** An address that is no name. */
    static Optional<InetAddress> address(Section section, String key, String path) {
        Optional<String> text = section.text(key);
        if (text.isEmpty()) {
            return Optional.empty();
        }
        String literal = text.get().replaceAll("[\\[\\]]", "");
        if (literal.matches("[0-9.]{7,15}|[0-9A-Fa-f.]*:[0-9A-Fa-f:.]*")) {
            try {
                return Optional.of(InetAddress.getByName(literal));
            } catch (UnknownHostException e) {
                throw refused(path, literal, e);
            }
        }
        throw refused(path, literal, null);
    }

    private static ConfigException refused(String path, String value, @Nullable Exception cause) {
        ConfigException refusal = new ConfigException(path, value, "an IPv4 or IPv6 address");
        if (cause != null) {
            refusal.initCause(cause);
        }
        return refusal;
    }
}
