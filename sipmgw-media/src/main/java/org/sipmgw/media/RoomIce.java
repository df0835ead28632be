package org.sipmgw.media;

import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sipmgw.media.net.RelayedAddress;
import org.sipmgw.media.net.SourceClaim;
import org.sipmgw.media.net.UdpPort;
import org.sipmgw.media.rtp.Latch;
import org.sipmgw.media.rtp.Packet;
import org.sipmgw.media.stun.IceAgent;
import org.sipmgw.sdp.IceSession;
import org.sipmgw.sdp.NegotiatedStream;
import org.sipmgw.spi.MediaListener;

/**
 * ICE of one kind of media with the room: finds the way, tells it to the latches of RTP and RTCP, and watches the room's
 * consent. Until there is a way nothing is sent. Belongs to the media thread.
 */
final class RoomIce implements IceAgent.Output, IceAgent.Listener {
    private static final Logger LOG = System.getLogger(RoomIce.class.getName());

    private final RoomTrack.Parts parts;
    private final Latch media;
    private final Latch control;
    private final Runnable found;
    private final MediaListener listener;
    private @Nullable IceAgent agent;

    /** @param found called when packets have a new way */
    RoomIce(RoomTrack.Parts parts, Latch media, Latch control, Runnable found, MediaListener listener) {
        this.parts = parts;
        this.media = media;
        this.control = control;
        this.found = found;
        this.listener = listener;
    }

    /** ICE goes on, starts anew, or is over. */
    void agree(NegotiatedStream agreed, long nowNs) {
        Optional<IceSession> session = agreed.options().ice();
        session.ifPresent(one -> parts.ports().rtp().answersTo(one.local().ufrag()));
        if (session.isEmpty()) {
            end();
            // without ICE what tells its packets from other calls' on a shared port is where it says it is
            parts.ports().rtp().expects(agreed.remoteRtp(), SourceClaim.DESCRIBED);
            parts.ports().rtcp().expects(agreed.remoteRtcp(), SourceClaim.DESCRIBED);
        } else if (agent == null || !agent.isSame(session.get())) {
            // while a restart looks for a way, packets keep the old one (RFC 8445 section 9)
            media.pinnedOnly(true);
            control.pinnedOnly(true);
            agent = new IceAgent(session.get(), agreed.rtcpMux(), this, this, parts.random(), nowNs);
        }
    }

    /** No ICE, or not any more. */
    void end() {
        if (agent != null) {
            agent = null;
            media.pinnedOnly(false);
            control.pinnedOnly(false);
        }
    }

    /** Whether ICE is in use. */
    boolean active() {
        return agent != null;
    }

    /** Takes a STUN datagram. */
    PathStatus datagram(Packet packet, InetSocketAddress source, boolean onControlSocket, long nowNs) {
        IceAgent current = agent;
        if (current == null) {
            return PathStatus.UNEXPECTED;
        }
        return current.datagram(packet, source, onControlSocket ? 2 : 1, nowNs)
                ? PathStatus.HANDSHAKE
                : PathStatus.MALFORMED;
    }

    void tick(long nowNs) {
        if (agent != null) {
            agent.tick(nowNs);
        }
    }

    @Override
    public void send(int component, boolean relayed, byte[] message, InetSocketAddress to) {
        UdpPort port = port(component);
        if (!relayed) {
            port.expects(to, SourceClaim.TRIED);
        }
        port.send(new Packet(message).view(0, message.length), way(relayed, to));
    }

    private UdpPort port(int component) {
        return component == 1 ? parts.ports().rtp() : parts.ports().rtcp();
    }

    private static InetSocketAddress way(boolean relayed, InetSocketAddress to) {
        return relayed ? new RelayedAddress(to.getAddress(), to.getPort()) : to;
    }

    @Override
    public void selected(int component, boolean relayed, InetSocketAddress remote) {
        LOG.log(Level.DEBUG, "ICE: component {0} goes to {1}{2}", component, remote, relayed ? " by the relay" : "");
        (component == 1 ? media : control).pin(way(relayed, remote));
        found.run();
    }

    @Override
    public void heard(int component, boolean relayed, InetSocketAddress remote) {
        if (!relayed) {
            port(component).expects(remote, SourceClaim.PROVEN);
        }
    }

    @Override
    public void failed(String detail) {
        parts.ports().rtp().expectsNobody();
        media.reset();
        control.reset();
        found.run();
        listener.onWarning("ICE with the room: " + detail);
    }
}
