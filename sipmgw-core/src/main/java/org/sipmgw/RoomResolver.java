package org.sipmgw;

import java.net.URI;
import java.net.URLEncoder;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.sipmgw.conference.Room;
import org.sipmgw.spi.ConfigException;

/** Which conference a call joins. Called on the call's loop: must not block. */
@FunctionalInterface
public interface RoomResolver {

    /** The room to join, or empty for 404. */
    Optional<Room> resolve(CallRequest request);

    /**
     * Puts the user part of the request URI ({@code sip:room42@gateway}) for {@code {room}} into a page address.
     *
     * @param pageTemplate for example {@code https://meet.example/{room}}
     * @param defaultRoom the room where the request URI has no user part; empty: 404
     * @throws ConfigException when the template is no absolute http(s) address with {@code {room}}
     */
    static RoomResolver template(String pageTemplate, Optional<String> defaultRoom) {
        if (!pageTemplate.matches("https?://[^/{}]+/.*\\{room\\}.*")) {
            throw new ConfigException("page", pageTemplate, "an http or https address that contains {room}");
        }
        try {
            URI.create(pageTemplate.replace("{room}", "room"));
        } catch (IllegalArgumentException e) {
            ConfigException refusal =
                    new ConfigException("page", pageTemplate, "an address that is a URI but for its {room}");
            refusal.initCause(e);
            throw refusal;
        }
        return request -> request.requestUser()
                .filter(user -> !user.isEmpty())
                .or(() -> defaultRoom)
                // a dot segment would lead to another page of the host (RFC 3986 section 5.2.4)
                .filter(user -> !user.matches("\\.{1,2}"))
                .map(user -> {
                    String encoded =
                            URLEncoder.encode(user, StandardCharsets.UTF_8).replace("+", "%20");
                    return Room.of(URI.create(pageTemplate.replace("{room}", encoded)), request.displayName());
                });
    }
}
