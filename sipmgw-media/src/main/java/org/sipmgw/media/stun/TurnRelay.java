package org.sipmgw.media.stun;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;
import org.sipmgw.media.net.Relay;
import org.sipmgw.media.net.UdpPort.SendStatus;
import org.sipmgw.media.rtp.Bytes;
import org.sipmgw.media.rtp.Packet;

/**
 * The way of datagrams through a TURN server. Packets allocate nothing and take no lock once a channel is bound; over
 * TCP and TLS the connection has one lock, since frames must not mix.
 */
final class TurnRelay implements Relay {
    private static final int FIRST_CHANNEL = 0x4000;
    /** A socket talks to few; more are somebody who plays with addresses. */
    private static final int PEERS = 32;

    private final Random random;
    private final Messages messages;
    private final Map<InetSocketAddress, TurnPeer> peers = new ConcurrentHashMap<>();
    private final AtomicReferenceArray<@Nullable TurnPeer> channels = new AtomicReferenceArray<>(PEERS);
    private volatile @Nullable TurnLink link;
    private volatile @Nullable InetSocketAddress relayed;
    private int used;

    /** Takes what the server says itself; on the media thread. */
    interface Messages {
        /** A message that is no Data indication. */
        void message(StunMessage message, long nowNs);

        /** Something has come of the server. */
        void heard(long nowNs);
    }

    TurnRelay(Random random, Messages messages) {
        this.random = random;
        this.messages = messages;
    }

    void link(@Nullable TurnLink newLink) {
        link = newLink;
    }

    /** The allocation stands, or no longer does: then nothing is sent. */
    void relayed(@Nullable InetSocketAddress address) {
        relayed = address;
        if (address == null) {
            peers.values().forEach(TurnPeer::forget);
        }
    }

    Collection<TurnPeer> peers() {
        return peers.values();
    }

    /** The peer of this address; null for one who cannot be reached through this relay, or one too many. */
    @Nullable
    TurnPeer peer(InetSocketAddress address) {
        TurnPeer known = peers.get(address);
        InetSocketAddress ours = relayed;
        if (known != null
                || ours == null
                || address.getPort() == 0
                || address.getAddress().isAnyLocalAddress()
                || ours.getAddress().getClass() != address.getAddress().getClass()) {
            return known;
        }
        return added(address);
    }

    private synchronized @Nullable TurnPeer added(InetSocketAddress address) {
        TurnPeer known = peers.get(address);
        if (known != null || used == PEERS) {
            return known;
        }
        byte[] id = new byte[Stun.ID_BYTES];
        random.nextBytes(id);
        TurnPeer peer = new TurnPeer(address.getAddress(), address.getPort(), FIRST_CHANNEL + used, id);
        channels.set(used++, peer);
        peers.put(address, peer);
        return peer;
    }

    @Override
    public boolean isServer(InetSocketAddress source) {
        TurnLink now = link;
        return now != null && !now.stream() && now.server().equals(source);
    }

    @Override
    public @Nullable InetSocketAddress received(Packet packet, long nowNs) {
        messages.heard(nowNs);
        byte[] buffer = packet.buffer();
        int offset = packet.offset();
        int length = packet.length();
        if (length < 4) {
            return null;
        }
        if ((buffer[offset] & 0xC0) == 0x40) {
            int number = Bytes.uint16(buffer, offset) - FIRST_CHANNEL;
            int carried = Bytes.uint16(buffer, offset + 2);
            TurnPeer peer = number < PEERS ? channels.get(number) : null;
            if (peer == null || carried > length - 4) {
                return null;
            }
            packet.view(offset + 4, carried);
            return peer;
        }
        return message(packet, nowNs);
    }

    private @Nullable InetSocketAddress message(Packet packet, long nowNs) {
        Optional<StunMessage> found = StunMessage.at(packet.buffer(), packet.offset(), packet.length());
        if (found.isEmpty()) {
            return null;
        }
        StunMessage message = found.get();
        if (message.method() != Stun.DATA || message.messageClass() != Stun.INDICATION) {
            messages.message(message, nowNs);
            return null;
        }
        Optional<InetSocketAddress> sender = message.address(Stun.XOR_PEER_ADDRESS);
        int data = message.dataOffset();
        if (sender.isEmpty() || data < 0) {
            return null;
        }
        TurnPeer peer = peer(sender.get());
        if (peer != null) {
            packet.view(data, message.dataLength());
        }
        return peer;
    }

    @SuppressWarnings("ReferenceEquality") // equal ones may belong to another relay
    private boolean isOurs(TurnPeer peer) {
        return channels.get(peer.channel - FIRST_CHANNEL) == peer;
    }

    @Override
    public SendStatus send(ByteBuffer scratch, byte[] buffer, int offset, int length, InetSocketAddress to) {
        TurnLink now = link;
        if (now == null || relayed == null) {
            return SendStatus.NOT_CONNECTED;
        }
        // addresses of another relay are known here too: they are equal
        TurnPeer peer = to instanceof TurnPeer known && isOurs(known) ? known : peer(to);
        if (peer == null || !peer.frame(scratch, buffer, offset, length, now.stream())) {
            return SendStatus.LOST;
        }
        return peer.hold(scratch) ? SendStatus.SENT : now.send(scratch);
    }
}
