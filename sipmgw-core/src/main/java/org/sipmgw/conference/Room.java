package org.sipmgw.conference;

import java.net.URI;
import java.util.Optional;

/**
 * A conference that a call joins.
 *
 * @param page the page of the conference, absolute, https or (on allowed hosts only) http
 * @param displayName the name under which the room system appears there
 * @param password what the conference asks for, if anything; never logged
 */
public record Room(URI page, String displayName, Optional<String> password) {

    /** A room without password. */
    public static Room of(URI page, String displayName) {
        return new Room(page, displayName, Optional.empty());
    }

    /** Without what may be a secret: user and password, query and fragment of the page's address. */
    @Override
    public String toString() {
        String host = String.valueOf(page.getAuthority()).replaceFirst("^.*@", "");
        return "Room[" + page.getScheme() + "://" + host + page.getPath() + ", " + displayName + "]";
    }
}
