package org.sipmgw.media.stun;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.CRC32;
import org.sipmgw.media.rtp.Bytes;

/** Writes one STUN message (RFC 8489 section 5); attributes stand in the order of the calls. */
final class StunWriter {
    private static final int LIMIT = 4096;

    private final byte[] buffer = new byte[LIMIT];
    private int length = Stun.HEADER;

    StunWriter(int method, int messageClass, byte[] transactionId) {
        Bytes.int16(buffer, 0, method | messageClass);
        Bytes.int32(buffer, 4, Stun.COOKIE);
        System.arraycopy(transactionId, 0, buffer, 8, Stun.ID_BYTES);
    }

    StunWriter attribute(int type, byte[] value) {
        Bytes.int16(buffer, length, type);
        Bytes.int16(buffer, length + 2, value.length);
        System.arraycopy(value, 0, buffer, length + 4, value.length);
        length += 4 + ((value.length + 3) & ~3);
        return this;
    }

    StunWriter text(int type, String value) {
        return attribute(type, value.getBytes(StandardCharsets.UTF_8));
    }

    StunWriter number(int type, int value) {
        byte[] bytes = new byte[4];
        Bytes.int32(bytes, 0, value);
        return attribute(type, bytes);
    }

    /** An address combined with the cookie. */
    StunWriter address(int type, InetSocketAddress address) {
        InetAddress host = address.getAddress();
        byte[] raw = host.getAddress();
        byte[] value = new byte[4 + raw.length];
        value[1] = (byte) (raw.length == 4 ? 1 : 2);
        Bytes.int16(value, 2, address.getPort() ^ (Stun.COOKIE >>> 16));
        for (int i = 0; i < raw.length; i++) {
            value[4 + i] = (byte) (raw[i] ^ buffer[4 + i]);
        }
        return attribute(type, value);
    }

    /** The message with MESSAGE-INTEGRITY and FINGERPRINT at its end. */
    byte[] authenticated(StunKey key) {
        Bytes.int16(buffer, 2, length + 4 + Stun.INTEGRITY_BYTES - Stun.HEADER);
        attribute(Stun.MESSAGE_INTEGRITY, key.integrity(buffer, length));
        return plain();
    }

    /** The message with FINGERPRINT at its end. */
    byte[] plain() {
        Bytes.int16(buffer, 2, length + 8 - Stun.HEADER);
        CRC32 crc = new CRC32();
        crc.update(buffer, 0, length);
        number(Stun.FINGERPRINT, (int) crc.getValue() ^ Stun.FINGERPRINT_MASK);
        return Arrays.copyOf(buffer, length);
    }
}
