package org.sipmgw.internal.sip;

import java.net.InetAddress;
import javax.sip.SipProvider;

/**
 * How a peer reaches us, and we it.
 *
 * @param provider sends our requests
 * @param local our address
 * @param host the same as address in Via, IPv6 in brackets
 * @param port our port there
 * @param protocol the transport
 * @param contact what the peer is told of where we are
 */
record Reach(
        SipProvider provider,
        InetAddress local,
        String host,
        int port,
        SipBinding.Protocol protocol,
        SipPlace contact) {}
