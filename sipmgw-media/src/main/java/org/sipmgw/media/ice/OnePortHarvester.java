package org.sipmgw.media.ice;

import java.util.Collection;
import java.util.List;
import org.ice4j.Transport;
import org.ice4j.ice.Component;
import org.ice4j.ice.HostCandidate;
import org.ice4j.ice.LocalCandidate;
import org.ice4j.ice.harvest.AbstractCandidateHarvester;

/** Finds one host candidate: the port it was given. ice4j's own harvester refuses loopback addresses. */
final class OnePortHarvester extends AbstractCandidateHarvester {
    private final StunSocket socket;

    OnePortHarvester(StunSocket socket) {
        this.socket = socket;
    }

    @Override
    public boolean isHostHarvester() {
        return true;
    }

    @Override
    public Collection<LocalCandidate> harvest(Component component) {
        HostCandidate candidate = new HostCandidate(socket, component, Transport.UDP);
        component.addLocalCandidate(candidate);
        component.getParentStream().getParentAgent().getStunStack().addSocket(socket);
        return List.of(candidate);
    }
}
