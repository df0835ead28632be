package org.sipmgw.media.rtp;

/**
 * Buffers of one media thread, given out and taken back without allocation once it is warm. Not thread-safe: it
 * belongs to its thread. A datagram that does not fit an ordinary buffer gets a large one.
 */
public final class PacketPool {
    /** Bytes of an ordinary buffer: an Ethernet frame with room for what protection adds. */
    public static final int ORDINARY = 2048;

    /** The largest datagram, with room for what protection adds. */
    public static final int LARGE = 65_536 + 64;

    private static final int KEPT = 64;

    private final Packet[] ordinary = new Packet[KEPT];
    private final Packet[] large = new Packet[2];
    private int ordinaryFree;
    private int largeFree;
    private int lent;

    /** A packet of length {@code length} at offset 0; its contents are what was there before. */
    public Packet acquire(int length) {
        lent++;
        if (length <= ORDINARY - 64) {
            return (ordinaryFree > 0 ? ordinary[--ordinaryFree] : new Packet(new byte[ORDINARY])).view(0, length);
        }
        return (largeFree > 0 ? large[--largeFree] : new Packet(new byte[LARGE])).view(0, length);
    }

    /** Takes a packet back; its owner must not touch it again. */
    public void release(Packet packet) {
        lent--;
        if (packet.buffer().length == ORDINARY) {
            if (ordinaryFree < KEPT) {
                ordinary[ordinaryFree++] = packet;
            }
        } else if (largeFree < large.length) {
            large[largeFree++] = packet;
        }
    }

    /** How many packets are out. */
    public int lent() {
        return lent;
    }
}
