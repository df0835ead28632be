package org.sipmgw.media;

import java.io.IOException;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.List;
import java.util.Optional;
import org.sipmgw.account.NatTraversal;
import org.sipmgw.media.net.MediaLoop;
import org.sipmgw.media.net.PortPair;
import org.sipmgw.media.net.PortRange;
import org.sipmgw.media.net.SharedPorts;
import org.sipmgw.media.stun.IceUserName;
import org.sipmgw.sdp.OfferedTransport;
import org.sipmgw.spi.DeviceException;
import org.sipmgw.spi.MediaEngine.PortsExhaustedException;
import org.sipmgw.spi.MediaRequest;
import org.sipmgw.spi.NatPolicy;

/** The sockets of calls: two pairs of the range for each, or shares of one port where ICE tells calls apart. Thread-safe. */
final class RoomPorts {
    private final MediaLoop loop;
    private final PortRange range;
    private final Optional<SharedPorts> shared;
    private final Optional<InetAddress> second;
    private final ByKind<Integer> trafficClasses;

    /**
     * No socket is open yet.
     *
     * @param sharedPort the port of calls with ICE; 0 where each has its own
     * @param second an address of the other IP version than most calls come to
     * @param trafficClasses of what is sent; on the shared port all has that of sound
     */
    RoomPorts(
            MediaLoop loop,
            PortRange range,
            int sharedPort,
            Optional<InetAddress> second,
            ByKind<Integer> trafficClasses) {
        this.trafficClasses = trafficClasses;
        this.loop = loop;
        this.range = range;
        this.second = second;
        this.shared = sharedPort == 0
                ? Optional.empty()
                : Optional.of(new SharedPorts(loop, sharedPort, IceUserName::addressee));
    }

    /**
     * Reserves what a call needs.
     *
     * @throws PortsExhaustedException when the range has no pair left
     */
    ByKind<PortPair> open(MediaRequest request, NatPolicy policy) {
        // a server gives an address for each socket: calls with one have sockets of their own, of one IP version
        boolean direct = policy.server().isEmpty();
        Optional<OfferedTransport> offered = request.offer().flatMap(OfferedTransport::of);
        boolean weOfferIce = request.offer().isEmpty() && policy.traversal() == NatTraversal.ICE;
        boolean onePort = direct
                && request.rtcpMux()
                && shared.isPresent()
                && (weOfferIce || offered.filter(OfferedTransport::onePort).isPresent());
        List<InetAddress> ours = addresses(request.local(), direct, offered);
        boolean both = weOfferIce || offered.filter(OfferedTransport::ice).isPresent();
        List<InetAddress> used = both ? ours : ours.subList(0, 1);
        PortPair audio = open(used, onePort, trafficClasses.audio());
        try {
            return new ByKind<>(audio, open(used, onePort, onePort ? 0 : trafficClasses.video()));
        } catch (RuntimeException e) {
            audio.close();
            throw e;
        }
    }

    /** Our addresses, that of the offer's IP version first. */
    private List<InetAddress> addresses(InetAddress local, boolean direct, Optional<OfferedTransport> offered) {
        Optional<InetAddress> other = second.filter(address -> direct && isIpv6(address) != isIpv6(local));
        if (other.isEmpty()) {
            return List.of(local);
        }
        boolean ipv6 = offered.map(OfferedTransport::ipv6).orElse(isIpv6(local));
        return ipv6 == isIpv6(local) ? List.of(local, other.get()) : List.of(other.get(), local);
    }

    private static boolean isIpv6(InetAddress address) {
        return address instanceof Inet6Address;
    }

    private PortPair open(List<InetAddress> addresses, boolean onePort, int trafficClass) {
        PortPair first = open(addresses.get(0), onePort);
        try {
            if (addresses.size() > 1) {
                first.withOther(open(addresses.get(1), onePort));
            }
            if (trafficClass != 0) {
                first.trafficClass(trafficClass);
            }
            return first;
        } catch (IOException e) {
            first.close();
            throw new DeviceException("UDP", "traffic class", String.valueOf(e.getMessage()), e);
        } catch (RuntimeException e) {
            first.close();
            throw e;
        }
    }

    private PortPair open(InetAddress local, boolean onePort) {
        try {
            if (onePort && shared.isPresent()) {
                return PortPair.onOne(shared.get().open(local));
            }
            return range.open(loop, local)
                    .orElseThrow(() ->
                            new PortsExhaustedException("no free pair of RTP ports on " + local.getHostAddress()));
        } catch (IOException e) {
            throw new DeviceException("UDP", "bind", local.getHostAddress() + ": " + e.getMessage(), e);
        }
    }

    /** Datagrams at the shared port that were of no call. */
    long strays() {
        return shared.map(SharedPorts::strays).orElse(0L);
    }
}
