package org.sipmgw.internal.sip;

import java.io.IOException;
import java.net.InetAddress;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Looks up addresses (A, AAAA) only; the transport is the one named, else UDP, or TLS for sips. */
final class AddressLookup implements HopLookup {

    @Override
    public List<SipHop> find(String host, int port, SipBinding.@Nullable Protocol transport, boolean secure)
            throws IOException {
        SipBinding.Protocol named = transport == null ? SipBinding.Protocol.UDP : transport;
        SipBinding.Protocol protocol = secure ? SipBinding.Protocol.TLS : named;
        int regular = protocol == SipBinding.Protocol.TLS ? 5061 : 5060;
        return Arrays.stream(InetAddress.getAllByName(host))
                .map(address -> new SipHop(protocol, address, port == 0 ? regular : port, host))
                .toList();
    }
}
