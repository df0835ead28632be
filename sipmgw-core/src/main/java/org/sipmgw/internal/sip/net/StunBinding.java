package org.sipmgw.internal.sip.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;
import java.nio.ByteBuffer;
import java.util.HexFormat;
import java.util.Optional;

/** STUN as far as keep-alives of SIP over UDP need it (RFC 5626 section 8): binding requests without attributes. */
public final class StunBinding {
    private static final int HEADER = 20;
    private static final int COOKIE = 0x2112A442;
    private static final short REQUEST = 0x0001;
    private static final short SUCCESS = 0x0101;
    private static final int XOR_MAPPED_ADDRESS = 0x0020;
    private static final int ID_BYTES = 12;

    private StunBinding() {}

    /** A request with this transaction id of 12 bytes. */
    public static byte[] request(byte[] id) {
        return ByteBuffer.allocate(HEADER)
                .putShort(REQUEST)
                .putShort((short) 0)
                .putInt(COOKIE)
                .put(id)
                .array();
    }

    /** Whether a datagram is STUN: no SIP message begins so (RFC 5626 section 8.1). */
    public static boolean is(byte[] datagram, int length) {
        return length >= HEADER
                && (datagram[0] & 0xC0) == 0
                && ByteBuffer.wrap(datagram).getInt(4) == COOKIE;
    }

    /** The transaction id of a STUN datagram, as text. */
    public static String id(byte[] datagram) {
        return HexFormat.of().formatHex(datagram, 8, HEADER);
    }

    /** The address that a success response tells; empty where it is none, or malformed. */
    public static Optional<InetSocketAddress> mapped(byte[] datagram, int length) {
        ByteBuffer buffer = ByteBuffer.wrap(datagram, 0, length);
        if (buffer.getShort(0) != SUCCESS || (buffer.getShort(2) & 0xFFFF) != length - HEADER) {
            return Optional.empty();
        }
        int at = HEADER;
        while (at + 4 <= length) {
            int size = buffer.getShort(at + 2) & 0xFFFF;
            if (at + 4 + size > length) {
                return Optional.empty();
            }
            if ((buffer.getShort(at) & 0xFFFF) == XOR_MAPPED_ADDRESS) {
                return address(datagram, at + 4, size);
            }
            at += 4 + ((size + 3) & ~3);
        }
        return Optional.empty();
    }

    private static Optional<InetSocketAddress> address(byte[] datagram, int at, int size) {
        int bytes = size < 4 ? 0 : datagram[at + 1] == 1 ? 4 : datagram[at + 1] == 2 ? 16 : 0;
        if (bytes == 0 || size != 4 + bytes) {
            return Optional.empty();
        }
        byte[] address = new byte[bytes];
        for (int i = 0; i < bytes; i++) {
            // the cookie and the transaction id stand next to each other
            address[i] = (byte) (datagram[at + 4 + i] ^ datagram[4 + i]);
        }
        int port = (ByteBuffer.wrap(datagram).getShort(at + 2) & 0xFFFF) ^ (COOKIE >>> 16);
        try {
            return Optional.of(new InetSocketAddress(InetAddress.getByAddress(address), port));
        } catch (UnknownHostException e) {
            return Optional.empty();
        }
    }

    /** The length of transaction ids. */
    public static int idBytes() {
        return ID_BYTES;
    }
}
