package org.sipmgw.media.ice;

import java.beans.PropertyChangeEvent;
import java.io.IOException;
import java.lang.System.Logger;
import java.lang.System.Logger.Level;
import java.net.InetSocketAddress;
import java.util.List;
import org.ice4j.Transport;
import org.ice4j.TransportAddress;
import org.ice4j.ice.Agent;
import org.ice4j.ice.CandidatePair;
import org.ice4j.ice.CandidateType;
import org.ice4j.ice.Component;
import org.ice4j.ice.IceMediaStream;
import org.ice4j.ice.IceProcessingState;
import org.ice4j.ice.KeepAliveStrategy;
import org.ice4j.ice.LocalCandidate;
import org.ice4j.ice.RemoteCandidate;
import org.sipmgw.media.net.UdpPort;

/**
 * The connectivity checks of one UDP port (RFC 8445), done by ice4j. It never sees the socket: STUN datagrams are
 * handed in with {@link #datagram}, and what it sends goes out through the port. Thread-safe.
 */
public final class Ice4jTransport implements AutoCloseable {
    private static final Logger LOG = System.getLogger(Ice4jTransport.class.getName());

    /** ice4j asks a cloud's metadata address (169.254.169.254) for public addresses unless told not to. */
    private static final String NO_CLOUD_ADDRESSES = "org.ice4j.ice.harvest.DISABLE_AWS_HARVESTER";

    static {
        // an embedder who wants it for an ice4j of its own says so before; a loopback leg never does
        if (System.getProperty(NO_CLOUD_ADDRESSES) == null) {
            System.setProperty(NO_CLOUD_ADDRESSES, "true");
        }
    }

    private final Agent agent;
    private final IceMediaStream stream;
    private final Component component;
    private final StunSocket socket;
    private final Listener listener;

    /** What happens. Called from threads of ice4j, which must not be held. */
    public interface Listener {
        /** A pair works and is chosen: send there. May be called again with another address. */
        void onConnected(InetSocketAddress remote);

        /** No pair works, or the chosen one no longer does (RFC 7675). */
        void onFailed();
    }

    /**
     * Gathers the one host candidate that the port is.
     *
     * @param controlling whether this side offered
     * @throws IOException when ice4j cannot take the address
     */
    public Ice4jTransport(UdpPort port, boolean controlling, Listener listener) throws IOException {
        this.listener = listener;
        socket = new StunSocket(port);
        agent = new Agent(Ice4jLogger.INSTANCE);
        try {
            agent.setUseDynamicPorts(false);
            // candidates may still turn up as peer-reflexive ones when the description has none
            agent.setTrickling(true);
            agent.setControlling(controlling);
            agent.setPerformConsentFreshness(true);
            agent.addCandidateHarvester(new OnePortHarvester(socket));
            agent.addStateChangeListener(this::stateChanged);
            stream = agent.createMediaStream("media");
            stream.addPairChangeListener(this::pairChanged);
            component = agent.createComponent(stream, KeepAliveStrategy.SELECTED_ONLY, false);
        } catch (IOException | RuntimeException e) {
            agent.free();
            socket.close();
            throw e;
        }
    }

    /** What this side's description states. */
    public IceCredentials credentials() {
        return new IceCredentials(agent.getLocalUfrag(), agent.getLocalPassword());
    }

    /** This side's candidates, all of them. */
    public List<IceCandidate> candidates() {
        return component.getLocalCandidates().stream()
                .map(candidate -> new IceCandidate(
                        candidate.getFoundation(), candidate.getPriority(), candidate.getTransportAddress(), "host"))
                .toList();
    }

    /** Starts the checks. */
    public void start(IceCredentials remote, List<IceCandidate> remoteCandidates) {
        stream.setRemoteUfrag(remote.ufrag());
        stream.setRemotePassword(remote.password());
        LocalCandidate local = component.getLocalCandidates().get(0);
        for (IceCandidate candidate : remoteCandidates) {
            if (candidate.address().getAddress().getClass()
                    == local.getTransportAddress().getAddress().getClass()) {
                component.addRemoteCandidate(new RemoteCandidate(
                        new TransportAddress(candidate.address(), Transport.UDP),
                        component,
                        CandidateType.parse(candidate.type()),
                        candidate.foundation(),
                        candidate.priority(),
                        null));
            }
        }
        agent.startConnectivityEstablishment();
    }

    /** Hands in a datagram that the demultiplexer took for STUN; copied. */
    public void datagram(byte[] buffer, int offset, int length, InetSocketAddress source) {
        socket.offer(buffer, offset, length, source);
    }

    private void stateChanged(PropertyChangeEvent event) {
        LOG.log(Level.DEBUG, "ICE {0}", event.getNewValue());
        if (event.getNewValue() == IceProcessingState.COMPLETED) {
            connected(component.getSelectedPair());
        } else if (event.getNewValue() == IceProcessingState.FAILED) {
            listener.onFailed();
        }
    }

    private void pairChanged(PropertyChangeEvent event) {
        if (IceMediaStream.PROPERTY_PAIR_NOMINATED.equals(event.getPropertyName())
                && event.getSource() instanceof CandidatePair pair
                && agent.getState() != IceProcessingState.RUNNING) {
            connected(pair);
        }
    }

    private void connected(CandidatePair pair) {
        if (pair != null) {
            TransportAddress remote = pair.getRemoteCandidate().getTransportAddress();
            listener.onConnected(new InetSocketAddress(remote.getAddress(), remote.getPort()));
        }
    }

    /** Ends checks and keep-alives. Idempotent; the port stays its owner's. */
    @Override
    public void close() {
        agent.free();
        socket.close();
    }
}
