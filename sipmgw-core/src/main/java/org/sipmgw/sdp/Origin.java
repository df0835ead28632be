package org.sipmgw.sdp;

import java.math.BigInteger;

/**
 * The {@code o=} line (RFC 8866 section 5.2). Numbers are kept as text: some devices exceed 64 bits.
 *
 * @param username without spaces, "-" where unknown
 * @param sessionId decimal digits
 * @param sessionVersion decimal digits
 * @param address of the originating host
 */
public record Origin(String username, String sessionId, String sessionVersion, ConnectionData address) {

    /** The version for comparison. */
    public BigInteger version() {
        return new BigInteger(sessionVersion);
    }

    /** The same session in another version. */
    public Origin withVersion(long version) {
        return new Origin(username, sessionId, Long.toString(version), address);
    }

    @Override
    public String toString() {
        return username + " " + sessionId + " " + sessionVersion + " " + address;
    }
}
