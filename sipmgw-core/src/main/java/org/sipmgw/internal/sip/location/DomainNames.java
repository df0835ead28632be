package org.sipmgw.internal.sip.location;

import java.net.InetAddress;
import java.util.List;

/** Questions to DNS. They block. What does not exist is an empty list; where nobody answers there is none either. */
public interface DomainNames {

    /**
     * A NAPTR record (RFC 3403).
     *
     * @param order lowest first
     * @param preference lowest first within an order
     * @param service for example {@code SIP+D2T}
     * @param replacement name of the SRV records
     */
    record Naptr(int order, int preference, String service, String replacement) {}

    /**
     * An SRV record (RFC 2782).
     *
     * @param priority lowest first
     * @param weight share within a priority
     * @param port of the server
     * @param target its name
     */
    record Srv(int priority, int weight, int port, String target) {}

    /** The NAPTR records of a domain. */
    List<Naptr> naptr(String domain);

    /** The SRV records of a name. */
    List<Srv> srv(String name);

    /** The addresses of a host, IPv4 and IPv6. */
    List<InetAddress> addresses(String host);
}
