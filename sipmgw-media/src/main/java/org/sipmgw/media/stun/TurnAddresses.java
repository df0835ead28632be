package org.sipmgw.media.stun;

import java.net.InetSocketAddress;
import java.util.Optional;

/**
 * What an allocation gives.
 *
 * @param relayed where the server takes datagrams for us
 * @param mapped our address as the server sees it
 * @param reservation of the neighbouring port, where the server keeps it for us
 */
@SuppressWarnings("ArrayRecordComponent")
public record TurnAddresses(
        InetSocketAddress relayed, Optional<InetSocketAddress> mapped, Optional<byte[]> reservation) {}
