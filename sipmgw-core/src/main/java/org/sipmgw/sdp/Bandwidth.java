package org.sipmgw.sdp;

/**
 * One {@code b=} line (RFC 8866 section 5.8): what its sender wants to receive at most.
 *
 * @param type {@code AS} and {@code CT} in kbit/s with all headers, {@code TIAS} (RFC 3890) in bit/s without them, or
 *     another kept as it is
 * @param value not negative, unit by type
 */
public record Bandwidth(String type, long value) {

    /** Application-specific maximum. */
    public static final String AS = "AS";

    /** Transport-independent application-specific maximum, RFC 3890. */
    public static final String TIAS = "TIAS";
}
