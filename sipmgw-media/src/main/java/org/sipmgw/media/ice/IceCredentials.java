package org.sipmgw.media.ice;

/**
 * Short-term credentials of one side (RFC 8839 section 5.4).
 *
 * @param ufrag user name fragment
 * @param password its password, never logged
 */
public record IceCredentials(String ufrag, String password) {
    @Override
    public String toString() {
        return "IceCredentials[" + ufrag + "]";
    }
}
