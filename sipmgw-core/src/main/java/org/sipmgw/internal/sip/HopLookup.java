package org.sipmgw.internal.sip;

import java.io.IOException;
import java.util.List;

/** Finds the servers of a SIP address (RFC 3263). May block. */
@FunctionalInterface
public interface HopLookup {

    /**
     * Servers to be tried one after the other, at least one.
     *
     * @param host name or address, IPv6 without brackets
     * @param port 0 where the address names none
     * @param transport the transport the address names; null where it names none
     * @param secure whether it is a sips: address, which allows TLS only
     * @throws IOException when there is none
     */
    List<SipHop> find(
            String host, int port, SipBinding.@org.jspecify.annotations.Nullable Protocol transport, boolean secure)
            throws IOException;
}
