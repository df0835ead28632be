package org.sipmgw.media.stun;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Arrays;
import java.util.Optional;
import java.util.zip.CRC32;
import org.sipmgw.media.rtp.Bytes;

/**
 * A received STUN message (RFC 8489 section 5) as a view over a buffer. What was checked in {@link #at} cannot fail
 * later: lengths fit, attributes are whole.
 */
final class StunMessage {
    private static final int IPV4 = 1;
    private static final int IPV6 = 2;

    private final byte[] buffer;
    private final int offset;
    private final int length;

    private StunMessage(byte[] buffer, int offset, int length) {
        this.buffer = buffer;
        this.offset = offset;
        this.length = length;
    }

    /** Empty where these bytes are no whole message, or its fingerprint is wrong. */
    static Optional<StunMessage> at(byte[] buffer, int offset, int length) {
        if (length < Stun.HEADER
                || (buffer[offset] & 0xC0) != 0
                || Bytes.int32(buffer, offset + 4) != Stun.COOKIE
                || Bytes.uint16(buffer, offset + 2) != length - Stun.HEADER
                || (length & 3) != 0) {
            return Optional.empty();
        }
        StunMessage message = new StunMessage(buffer, offset, length);
        return message.whole() && message.fingerprintFits() ? Optional.of(message) : Optional.empty();
    }

    private boolean whole() {
        int at = offset + Stun.HEADER;
        int end = offset + length;
        while (at < end) {
            if (end - at < 4) {
                return false;
            }
            at += 4 + padded(Bytes.uint16(buffer, at + 2));
        }
        return at == end;
    }

    private boolean fingerprintFits() {
        int at = find(Stun.FINGERPRINT);
        if (at < 0) {
            return true;
        }
        if (attributeLength(at) != 4 || at + 4 != offset + length) {
            return false;
        }
        CRC32 crc = new CRC32();
        crc.update(buffer, offset, at - 4 - offset);
        return ((int) crc.getValue() ^ Stun.FINGERPRINT_MASK) == Bytes.int32(buffer, at);
    }

    private static int padded(int bytes) {
        return (bytes + 3) & ~3;
    }

    int method() {
        return type() & ~Stun.CLASS_MASK;
    }

    int messageClass() {
        return type() & Stun.CLASS_MASK;
    }

    private int type() {
        return Bytes.uint16(buffer, offset);
    }

    byte[] transactionId() {
        return Arrays.copyOfRange(buffer, offset + 8, offset + Stun.HEADER);
    }

    boolean answers(byte[] transactionId) {
        int from = offset + 8;
        return Arrays.equals(buffer, from, from + Stun.ID_BYTES, transactionId, 0, Stun.ID_BYTES);
    }

    /** Index of the value of the first attribute of this type before the integrity; negative where there is none. */
    private int find(int type) {
        int at = offset + Stun.HEADER;
        int end = offset + length;
        boolean protectedPart = true;
        while (at < end) {
            int found = Bytes.uint16(buffer, at);
            // RFC 8489 section 14.5: what follows the integrity, other than the fingerprint, is not to be believed
            if (found == type && (protectedPart || type == Stun.FINGERPRINT)) {
                return at + 4;
            }
            protectedPart &= found != Stun.MESSAGE_INTEGRITY;
            at += 4 + padded(Bytes.uint16(buffer, at + 2));
        }
        return -1;
    }

    private int attributeLength(int value) {
        return Bytes.uint16(buffer, value - 2);
    }

    boolean has(int type) {
        return find(type) >= 0;
    }

    Optional<byte[]> bytes(int type) {
        int at = find(type);
        return at < 0 ? Optional.empty() : Optional.of(Arrays.copyOfRange(buffer, at, at + attributeLength(at)));
    }

    Optional<String> text(int type) {
        return bytes(type).map(value -> new String(value, StandardCharsets.UTF_8));
    }

    /** A 32-bit value; {@code otherwise} where it is missing or of another size. */
    long number(int type, long otherwise) {
        int at = find(type);
        return at < 0 || attributeLength(at) != 4 ? otherwise : Bytes.int32(buffer, at) & 0xFFFF_FFFFL;
    }

    /** 300 to 699; 0 where there is none. */
    int errorCode() {
        int at = find(Stun.ERROR_CODE);
        return at < 0 || attributeLength(at) < 4 ? 0 : (buffer[at + 2] & 7) * 100 + (buffer[at + 3] & 0xFF) % 100;
    }

    /** The reason phrase of an error, at most 100 characters, nothing but letters and signs. */
    String errorReason() {
        return text(Stun.ERROR_CODE)
                .map(value -> value.length() < 4 ? "" : value.substring(4))
                .map(value -> value.replaceAll("[^\\p{Print}]", "?"))
                .map(value -> value.substring(0, Math.min(100, value.length())))
                .orElse("");
    }

    /** Index of the payload of a Data indication; negative where it has none. */
    int dataOffset() {
        return find(Stun.DATA_VALUE);
    }

    int dataLength() {
        return attributeLength(find(Stun.DATA_VALUE));
    }

    /** An address that is combined with the cookie (RFC 8489 section 14.2). */
    Optional<InetSocketAddress> address(int type) {
        int at = find(type);
        if (at < 0 || attributeLength(at) < 4) {
            return Optional.empty();
        }
        int family = buffer[at + 1];
        int bytes = family == IPV4 ? 4 : 16;
        if ((family != IPV4 && family != IPV6) || attributeLength(at) != 4 + bytes) {
            return Optional.empty();
        }
        byte[] address = Arrays.copyOfRange(buffer, at + 4, at + 4 + bytes);
        for (int i = 0; i < bytes; i++) {
            // the cookie and the transaction id stand next to each other
            address[i] ^= buffer[offset + 4 + i];
        }
        int port = Bytes.uint16(buffer, at + 2) ^ (Stun.COOKIE >>> 16);
        try {
            return Optional.of(new InetSocketAddress(InetAddress.getByAddress(address), port));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** Whether the message was made by one who has the key; false where it has no integrity. */
    boolean isAuthentic(StunKey key) {
        int at = find(Stun.MESSAGE_INTEGRITY);
        if (at < 0 || attributeLength(at) != Stun.INTEGRITY_BYTES) {
            return false;
        }
        byte[] covered = Arrays.copyOfRange(buffer, offset, at - 4);
        Bytes.int16(covered, 2, at + Stun.INTEGRITY_BYTES - offset - Stun.HEADER);
        byte[] stated = Arrays.copyOfRange(buffer, at, at + Stun.INTEGRITY_BYTES);
        return MessageDigest.isEqual(key.integrity(covered, covered.length), stated);
    }
}
