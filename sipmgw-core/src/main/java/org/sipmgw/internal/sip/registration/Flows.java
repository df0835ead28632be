package org.sipmgw.internal.sip.registration;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.UUID;
import org.sipmgw.account.Account;
import org.sipmgw.account.SipServer;
import org.sipmgw.internal.sip.SipBinding;

/** Makes the flows of accounts: one for each proxy with RFC 5626, else one that tries the proxies in turn. */
final class Flows {
    private Flows() {}

    static List<Flow> of(List<Account> accounts, List<SipBinding> bindings, FlowPort port) {
        SecureRandom random = new SecureRandom();
        Pauses pauses = new Pauses(random);
        List<Flow> flows = new ArrayList<>();
        for (Account account : accounts) {
            if (!account.registration().wanted()) {
                continue;
            }
            String instance = instance(account, bindings);
            List<SipServer> proxies = account.registration().outbound();
            boolean each = account.registration().flows() && !proxies.isEmpty();
            List<List<SipServer>> ways = each ? proxies.stream().map(List::of).toList() : List.of(proxies);
            for (int i = 0; i < ways.size(); i++) {
                FlowIdentity identity =
                        new FlowIdentity(hex(random, 12), hex(random, 5), hex(random, 5), instance, i + 1);
                flows.add(new Flow(account, identity, ways.get(i), port, pauses));
            }
        }
        return List.copyOf(flows);
    }

    private static String hex(SecureRandom random, int bytes) {
        byte[] drawn = new byte[bytes];
        random.nextBytes(drawn);
        return HexFormat.of().formatHex(drawn);
    }

    /** The same after a restart of the same gateway on the same machine (RFC 5626 section 4.1), another for every other. */
    private static String instance(Account account, List<SipBinding> bindings) {
        String host;
        try {
            host = InetAddress.getLocalHost().getHostName();
        } catch (UnknownHostException e) {
            host = "localhost";
        }
        String name = account.address().uri() + " " + host + " " + bindings;
        return "urn:uuid:" + UUID.nameUUIDFromBytes(name.getBytes(StandardCharsets.UTF_8));
    }
}
