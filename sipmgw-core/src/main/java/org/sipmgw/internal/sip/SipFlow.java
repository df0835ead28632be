package org.sipmgw.internal.sip;

import java.net.InetSocketAddress;

/**
 * The connection that a dialog's peer opened to us. Our requests go back through it while it stands (RFC 5923): a TLS
 * peer seldom listens, and where it does its certificate seldom bears the address in its Contact.
 *
 * @param peer where the connection comes from
 */
record SipFlow(InetSocketAddress peer) {}
