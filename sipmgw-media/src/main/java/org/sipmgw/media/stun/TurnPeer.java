package org.sipmgw.media.stun;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import org.sipmgw.media.net.RelayedAddress;

/**
 * One whom the server relays to. What is sent goes as ChannelData once a channel is bound, before that in Send
 * indications. Everything but {@link #frame} belongs to the media thread.
 */
final class TurnPeer extends RelayedAddress {
    private static final long serialVersionUID = 1L;
    private static final int CHANNEL_DATA_HEADER = 4;

    private final transient byte[] indication;
    /** Number of the channel; kept for life, since it must not be given to another peer (RFC 8656 section 12). */
    final int channel;

    private volatile boolean bound;
    private volatile boolean wanted;
    /** When permission and channel are to be refreshed. */
    long refreshNs;
    /** A request about this peer is under way. */
    boolean asking;
    /** The server relays to this peer. */
    private volatile boolean permitted;
    /** The newest datagram from before that: often the first of a handshake, which would take a second to be repeated. */
    private transient volatile byte @Nullable [] held;

    /** The server does not relay to this peer. */
    boolean refused;

    TurnPeer(InetAddress address, int port, int channel, byte[] transactionId) {
        super(address, port);
        this.channel = channel;
        byte[] start = new StunWriter(Stun.SEND, Stun.INDICATION, transactionId)
                .address(Stun.XOR_PEER_ADDRESS, new InetSocketAddress(address, port))
                .attribute(Stun.DATA_VALUE, new byte[0])
                .plain();
        indication = Arrays.copyOf(start, start.length - 8);
    }

    /** Puts a datagram for this peer together, in {@code frame}, as it goes to the server; false where it is too long. */
    boolean frame(ByteBuffer frame, byte[] buffer, int offset, int length, boolean stream) {
        boolean channelData = bound;
        int header = channelData ? CHANNEL_DATA_HEADER : indication.length;
        if (header + length + 3 > Math.min(frame.capacity(), 0xFFFF)) {
            return false;
        }
        wanted = true;
        frame.clear();
        if (channelData) {
            frame.putInt((channel << 16) | length).put(buffer, offset, length);
        } else {
            frame.put(indication).put(buffer, offset, length);
            frame.putShort(header - 2, (short) length);
        }
        if (!channelData || stream) {
            while ((frame.position() & 3) != 0) {
                frame.put((byte) 0);
            }
        }
        if (!channelData) {
            frame.putShort(2, (short) (frame.position() - Stun.HEADER));
        }
        frame.flip();
        return true;
    }

    /** Keeps a frame until the server relays; false where it does already. */
    boolean hold(ByteBuffer frame) {
        if (permitted) {
            return false;
        }
        byte[] copy = new byte[frame.remaining()];
        frame.get(copy);
        held = copy;
        return true;
    }

    boolean permitted() {
        return permitted;
    }

    /** The server relays now; what was kept is to be sent. */
    byte @Nullable [] permit() {
        permitted = true;
        byte[] kept = held;
        held = null;
        return kept;
    }

    /** Whether something was sent: then a channel is worth it. */
    boolean wanted() {
        return wanted;
    }

    boolean bound() {
        return bound;
    }

    void bound(boolean is) {
        bound = is;
    }

    /** The server knows nothing of this peer any more. */
    void forget() {
        bound = false;
        permitted = false;
        refused = false;
        asking = false;
    }
}
