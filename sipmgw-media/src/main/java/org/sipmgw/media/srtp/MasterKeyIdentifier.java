package org.sipmgw.media.srtp;

import org.sipmgw.media.rtp.Packet;

/**
 * Takes the master key identifier out of received packets (RFC 3711 section 3.1, RFC 7714 section 8.2). Which one it is
 * does not matter: only key lines with a single key are agreed on, and a packet under another one is not authentic.
 */
final class MasterKeyIdentifier {
    private static final int MIN_PACKET = 8;

    private MasterKeyIdentifier() {}

    /**
     * False where the packet is too short to have one.
     *
     * @param bytes its length
     * @param tagBehind bytes of the authentication tag behind it; 0 with GCM, whose tag stands before
     */
    static boolean remove(Packet packet, int bytes, int tagBehind) {
        int length = packet.length() - bytes;
        int tag = packet.offset() + length - tagBehind;
        if (length < MIN_PACKET + tagBehind) {
            return false;
        }
        System.arraycopy(packet.buffer(), tag + bytes, packet.buffer(), tag, tagBehind);
        packet.length(length);
        return true;
    }
}
