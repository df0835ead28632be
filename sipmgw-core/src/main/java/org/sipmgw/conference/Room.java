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

    @Override
    public String toString() {
        return "Room[" + page.getScheme() + "://" + page.getAuthority() + page.getPath() + ", " + displayName + "]";
    }
}
