package org.sipmgw.internal.sip;

import java.net.DatagramSocket;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketException;
import java.net.UnknownHostException;

/** Which address of this machine a peer reaches. */
final class LocalAddresses {
    private LocalAddresses() {}

    /** The bound address, or for the unspecified address the one from which packets to {@code peer} leave. */
    static InetAddress towards(String bound, InetAddress peer) {
        try {
            InetAddress address = InetAddress.getByName(bound);
            return address.isAnyLocalAddress() ? routedTo(peer) : address;
        } catch (UnknownHostException e) {
            throw new IllegalArgumentException(bound, e);
        }
    }

    /** Connecting a UDP socket sends nothing; it makes the kernel choose the route and with it the address. */
    private static InetAddress routedTo(InetAddress peer) {
        try (DatagramSocket socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(peer, 9));
            return socket.getLocalAddress();
        } catch (SocketException e) {
            return peer.isLoopbackAddress() ? peer : InetAddress.getLoopbackAddress();
        }
    }

    /** As a URI or SDP writes it: IPv6 in brackets. */
    static String inUri(InetAddress address) {
        String text = address.getHostAddress();
        int zone = text.indexOf('%');
        String plain = zone < 0 ? text : text.substring(0, zone);
        return plain.indexOf(':') >= 0 ? "[" + plain + "]" : plain;
    }
}
