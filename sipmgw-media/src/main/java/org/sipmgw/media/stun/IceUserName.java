package org.sipmgw.media.stun;

import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sipmgw.media.rtp.Packet;

/** Whom a check is meant for (RFC 8445 section 7.2.2), before it is known whether it is genuine. */
public final class IceUserName {

    private IceUserName() {}

    /** The user name fragment of the one who is checked; null where the packet is no check. */
    public static @Nullable String addressee(Packet packet) {
        Optional<StunMessage> message = StunMessage.at(packet.buffer(), packet.offset(), packet.length());
        if (message.isEmpty()
                || message.get().method() != Stun.BINDING
                || message.get().messageClass() != Stun.REQUEST) {
            return null;
        }
        String name = message.get().text(Stun.USERNAME).orElse("");
        int colon = name.indexOf(':');
        return colon < 0 ? null : name.substring(0, colon);
    }
}
