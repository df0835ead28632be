package org.sipmgw.process;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.sipmgw.spi.ConfigException;

/**
 * The ordinary user that child processes run as. Never root: Chromium refuses its sandbox and PulseAudio refuses to run.
 *
 * @param user the name
 * @param uid its number, not 0
 * @param gid its group's number
 * @param switching whether the gateway is root and so has to change to this user
 */
public record RunAs(String user, long uid, long gid, boolean switching) {
    private static final String KEY = "runAs";
    private static final String ALLOWED = "an existing ordinary user (not root); the gateway's own when it is not root";

    public RunAs {
        if (uid <= 0) {
            throw new ConfigException(KEY, user, ALLOWED);
        }
    }

    /**
     * The gateway's own user; when that is root, {@code sipmgw} if there is such a user, else {@code nobody}.
     *
     * @throws ConfigException when the gateway is root and neither exists
     */
    public static RunAs ordinaryUser() {
        long own = new Proc().uid(ProcessHandle.current().pid());
        if (own != 0) {
            return named(Long.toString(own));
        }
        return lookUp("sipmgw")
                .or(() -> lookUp("nobody"))
                .map(entry -> of(entry, 0))
                .orElseThrow(() -> new ConfigException(KEY, "sipmgw", ALLOWED));
    }

    /**
     * A user by name or number.
     *
     * @throws ConfigException when there is none, it is root, or the gateway may not change to it
     */
    public static RunAs named(String user) {
        long own = new Proc().uid(ProcessHandle.current().pid());
        return lookUp(user)
                .map(entry -> of(entry, own))
                // a container may run under a number without an entry
                .or(() -> user.equals(Long.toString(own))
                        ? Optional.of(new RunAs(user, own, own, false))
                        : Optional.empty())
                .orElseThrow(() -> new ConfigException(KEY, user, ALLOWED));
    }

    /** From a line of passwd(5). */
    static RunAs of(String passwdEntry, long ownUid) {
        String[] fields = passwdEntry.split(":", -1);
        if (fields.length < 4) {
            throw new ConfigException(KEY, passwdEntry, ALLOWED);
        }
        long uid = Long.parseLong(fields[2]);
        if (ownUid != 0 && uid != ownUid) {
            throw new ConfigException(KEY, fields[0], ALLOWED);
        }
        return new RunAs(fields[0], uid, Long.parseLong(fields[3]), ownUid == 0);
    }

    /** What stands before a command so that it runs as this user, without a way back and without capabilities. */
    List<String> prefix() {
        return switching
                ? List.of(
                        "setpriv",
                        "--reuid=" + uid,
                        "--regid=" + gid,
                        "--init-groups",
                        "--inh-caps=-all",
                        "--bounding-set=-all",
                        "--no-new-privs",
                        "--")
                : List.of();
    }

    /** getent, not /etc/passwd: users may live in a directory service. */
    private static Optional<String> lookUp(String user) {
        if (user.isEmpty() || user.startsWith("-")) {
            return Optional.empty();
        }
        try {
            Process getent = new ProcessBuilder("getent", "passwd", user)
                    .redirectError(ProcessBuilder.Redirect.DISCARD)
                    .start();
            getent.getOutputStream().close();
            String out = new String(getent.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
            return out.lines().findFirst();
        } catch (IOException e) {
            throw new ConfigException(KEY, user, ALLOWED + "; getent (Debian: libc-bin) must be installed");
        }
    }
}
