package org.sipmgw.media.net;

import java.io.IOException;
import java.net.BindException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.sipmgw.spi.ConfigException;

/** Hands out pairs of neighbouring UDP ports, the even one for RTP, the odd one for RTCP (RFC 3550 section 11). */
public final class PortRange {
    private final int first;
    private final int pairs;
    private final AtomicInteger next = new AtomicInteger();

    /**
     * Even ports from {@code min} on, pairs that end at {@code max} at the latest.
     *
     * @throws ConfigException when no pair lies between them
     */
    public PortRange(int min, int max) {
        first = min + (min & 1);
        pairs = (max + 1 - first) / 2;
        if (min < 1024 || max > 65_535 || pairs < 1) {
            throw new ConfigException("rtpPorts", min + "-" + max, "a range within 1024-65535 with an even-odd pair");
        }
    }

    /** Opens the next pair that is free; empty when there is none in the whole range. */
    public Optional<PortPair> open(MediaLoop loop, InetAddress local) throws IOException {
        for (int i = 0; i < pairs; i++) {
            // a port just freed is used again as late as possible: late packets of the old call must not reach a new
            // one
            int port = first + 2 * Math.floorMod(next.getAndIncrement(), pairs);
            Optional<PortPair> pair = open(loop, local, port);
            if (pair.isPresent()) {
                return pair;
            }
        }
        return Optional.empty();
    }

    private static Optional<PortPair> open(MediaLoop loop, InetAddress local, int port) throws IOException {
        UdpPort rtp;
        try {
            rtp = loop.open(new InetSocketAddress(local, port), PortPair.NOBODY);
        } catch (BindException e) {
            return unlessForeign(local, e);
        }
        try {
            return Optional.of(new PortPair(rtp, loop.open(new InetSocketAddress(local, port + 1), PortPair.NOBODY)));
        } catch (BindException e) {
            rtp.close();
            return unlessForeign(local, e);
        } catch (IOException | RuntimeException e) {
            rtp.close();
            throw e;
        }
    }

    /** A port that is taken may have a free neighbour; an address of another machine has none. */
    private static Optional<PortPair> unlessForeign(InetAddress local, BindException e) throws BindException {
        String message = String.valueOf(e.getMessage());
        if (message.contains("Cannot assign")) {
            throw new BindException(local.getHostAddress() + ": " + message);
        }
        return Optional.empty();
    }
}
