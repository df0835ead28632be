package org.sipmgw.internal.sip.auth;

/**
 * What is authenticated.
 *
 * @param method of the request
 * @param uri the request URI as it stands in the message
 * @param body bytes of the body; not changed, not kept
 */
@SuppressWarnings("ArrayRecordComponent")
public record DigestRequest(String method, String uri, byte[] body) {

    /** A request without a body. */
    public static DigestRequest of(String method, String uri) {
        return new DigestRequest(method, uri, new byte[0]);
    }
}
