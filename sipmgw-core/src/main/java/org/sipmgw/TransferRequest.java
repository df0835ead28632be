package org.sipmgw;

import java.util.Optional;

/**
 * A room system's wish that its call goes on with somebody else (REFER, RFC 3515). The embedder does the transfer, for
 * example by {@link Gateway#call}; the gateway answers and tells the room system how far it is. Thread-safe.
 */
public interface TransferRequest {

    /** The address to call, with escaped headers where it has any. */
    String target();

    /** Who asks for it (RFC 3892). */
    Optional<String> referredBy();

    /** Takes it (202); {@link #report} is expected to follow. */
    void accept();

    /**
     * Does not take it.
     *
     * @param sipStatus 400 to 699
     * @throws IllegalArgumentException when the status is none of these
     */
    void decline(int sipStatus, String detail);

    /**
     * Tells the room system how far the accepted transfer is (NOTIFY with a status line).
     *
     * @param sipStatus 100 to 699; one of 200 or more is the last
     */
    void report(int sipStatus, String reason);
}
