package org.sipmgw.sdp;

import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Which way media flows on one media line, seen from the side that states it (RFC 8866 section 6.7). */
public enum Direction {
    SENDRECV(true, true),
    SENDONLY(true, false),
    RECVONLY(false, true),
    INACTIVE(false, false);

    private final String token = name().toLowerCase(Locale.ROOT);
    private final boolean sends;
    private final boolean receives;

    Direction(boolean sends, boolean receives) {
        this.sends = sends;
        this.receives = receives;
    }

    /** The attribute name, for example {@code sendrecv}. */
    public String token() {
        return token;
    }

    /** The first direction among {@code attributes}. */
    static Optional<Direction> statedIn(List<Attribute> attributes) {
        for (Attribute attribute : attributes) {
            for (Direction direction : values()) {
                if (attribute.is(direction.token())) {
                    return Optional.of(direction);
                }
            }
        }
        return Optional.empty();
    }

    /** Whether the stating side sends. */
    public boolean sends() {
        return sends;
    }

    /** Whether the stating side receives. */
    public boolean receives() {
        return receives;
    }

    /** The same flow seen from the other side. */
    public Direction reversed() {
        return of(receives, sends);
    }

    /** The flow that both this side and {@code other}, stated from the same side, allow. */
    public Direction and(Direction other) {
        return of(sends && other.sends, receives && other.receives);
    }

    /** The direction of a side that sends, receives, both or neither. */
    public static Direction of(boolean sends, boolean receives) {
        if (sends) {
            return receives ? SENDRECV : SENDONLY;
        }
        return receives ? RECVONLY : INACTIVE;
    }
}
