package org.sipmgw.internal.sip.location;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;
import org.sipmgw.internal.sip.HopLookup;
import org.sipmgw.internal.sip.SipBinding.Protocol;
import org.sipmgw.internal.sip.SipHop;

/** Finds the servers of a domain in the order in which they are to be tried (RFC 3263 section 4). Blocks; thread-safe. */
public final class ServerLocation implements HopLookup {
    private static final int PORT = 5060;
    private static final int TLS_PORT = 5061;
    private final DomainNames names;
    private final RandomGenerator random;

    /** @param random draws among records of one priority */
    public ServerLocation(DomainNames names, RandomGenerator random) {
        this.names = names;
        this.random = random;
    }

    @Override
    public List<SipHop> find(String host, int port, @Nullable Protocol transport, boolean secure)
            throws UnknownHostException {
        @Nullable Protocol wished = secure ? Protocol.TLS : transport;
        List<SipHop> found = new ArrayList<>();
        if (!literal(host) && port == 0) {
            found.addAll(wished == null ? byDomain(host) : byService(service(wished) + host, wished, host));
        }
        if (found.isEmpty()) {
            found.addAll(hops(host, port, wished == null ? Protocol.UDP : wished, host));
        }
        if (found.isEmpty()) {
            throw new UnknownHostException("no server found for " + host);
        }
        return found;
    }

    /** The domain says by which transports it is reached. */
    private List<SipHop> byDomain(String domain) {
        List<SipHop> found = byNaptr(domain);
        for (Protocol protocol : List.of(Protocol.UDP, Protocol.TCP)) {
            if (found.isEmpty()) {
                found = byService(service(protocol) + domain, protocol, domain);
            }
        }
        return found;
    }

    private static boolean literal(String host) {
        return host.indexOf(':') >= 0 || host.matches("[\\d.]+");
    }

    private List<SipHop> byNaptr(String domain) {
        List<SipHop> found = new ArrayList<>();
        names.naptr(domain).stream()
                .sorted(Comparator.comparingInt(DomainNames.Naptr::order)
                        .thenComparingInt(DomainNames.Naptr::preference))
                .forEach(record -> naptrProtocol(record.service())
                        .ifPresent(protocol -> found.addAll(byService(record.replacement(), protocol, domain))));
        return found;
    }

    private static Optional<Protocol> naptrProtocol(String service) {
        return switch (service.toUpperCase(java.util.Locale.ROOT)) {
            case "SIP+D2U" -> Optional.of(Protocol.UDP);
            case "SIP+D2T" -> Optional.of(Protocol.TCP);
            case "SIPS+D2T" -> Optional.of(Protocol.TLS);
            default -> Optional.empty();
        };
    }

    private static String service(Protocol protocol) {
        return switch (protocol) {
            case UDP -> "_sip._udp.";
            case TCP -> "_sip._tcp.";
            case TLS -> "_sips._tcp.";
        };
    }

    private List<SipHop> byService(String name, Protocol protocol, String domain) {
        List<SipHop> found = new ArrayList<>();
        for (DomainNames.Srv record : order(names.srv(name))) {
            found.addAll(hops(record.target(), record.port(), protocol, domain));
        }
        return found;
    }

    /** By priority; within one by lot, the chance being the weight (RFC 2782). */
    private List<DomainNames.Srv> order(List<DomainNames.Srv> records) {
        List<DomainNames.Srv> left = new ArrayList<>(records);
        left.sort(Comparator.comparingInt(DomainNames.Srv::priority).thenComparingInt(DomainNames.Srv::weight));
        List<DomainNames.Srv> ordered = new ArrayList<>();
        while (!left.isEmpty()) {
            int priority = left.get(0).priority();
            List<DomainNames.Srv> equal =
                    left.stream().filter(r -> r.priority() == priority).toList();
            int draw = random.nextInt(
                    equal.stream().mapToInt(DomainNames.Srv::weight).sum() + 1);
            DomainNames.Srv chosen = equal.get(equal.size() - 1);
            int sum = 0;
            for (DomainNames.Srv record : equal) {
                sum += record.weight();
                if (sum >= draw) {
                    chosen = record;
                    break;
                }
            }
            ordered.add(chosen);
            left.remove(chosen);
        }
        return ordered;
    }

    private List<SipHop> hops(String host, int port, Protocol protocol, String domain) {
        int where = port > 0 ? port : protocol == Protocol.TLS ? TLS_PORT : PORT;
        return addresses(host).stream()
                .map(address -> new SipHop(protocol, address, where, domain))
                .toList();
    }

    private List<InetAddress> addresses(String host) {
        try {
            return literal(host) ? List.of(InetAddress.getByName(host)) : names.addresses(host);
        } catch (UnknownHostException e) {
            return List.of();
        }
    }
}
