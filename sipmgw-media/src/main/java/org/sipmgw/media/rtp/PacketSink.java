package org.sipmgw.media.rtp;

/**
 * Takes finished RTP packets. Called from the threads that make the packets, one at a time per stream; an
 * implementation returns at once and keeps no reference to the buffer.
 */
@FunctionalInterface
public interface PacketSink {

    /**
     * Takes one packet.
     *
     * @param buffer holds the packet, header included; the caller's again as soon as this returns
     * @param offset of the first header byte
     * @param length bytes of the packet, at least the 12 of the fixed header (RFC 3550 section 5.1)
     */
    void packet(byte[] buffer, int offset, int length);
}
