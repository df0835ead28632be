package org.sipmgw.sdp;

/**
 * Why one media line is refused.
 *
 * @param warningCode RFC 3261 section 20.43
 * @param reason in words that the other side may see
 */
record Refusal(int warningCode, String reason) {

    static final int INCOMPATIBLE_ADDRESS = 301;
    static final int INCOMPATIBLE_TRANSPORT = 302;
    static final int MEDIA_TYPE_NOT_AVAILABLE = 304;
    static final int INCOMPATIBLE_FORMAT = 305;
    static final int MISCELLANEOUS = 399;
}
