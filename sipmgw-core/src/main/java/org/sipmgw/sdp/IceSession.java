package org.sipmgw.sdp;

import java.util.List;
import java.util.Optional;

/**
 * ICE as agreed on for one media line. The same local user name fragment means the same session; another one is a
 * restart.
 *
 * @param local what the gateway has said
 * @param remote what the other side has said
 * @param controlling whether the gateway nominates
 */
public record IceSession(IceDescription local, IceDescription remote, boolean controlling) {

    /**
     * What an answer says of ICE.
     *
     * @param session empty where there is none
     * @param attributes for our line
     */
    record Answer(Optional<IceSession> session, List<Attribute> attributes) {
        static final Answer NONE = new Answer(Optional.empty(), List.of());
    }

    /** Answers the other side's offer with these candidates of ours. */
    static Answer answer(RemoteLine remote, List<IceCandidate> candidates, Optional<IceSession> inForce) {
        Optional<IceDescription> theirs = IceDescription.of(remote);
        boolean reachable = candidates.stream().anyMatch(one -> one.component() == 2) || remote.mux();
        if (theirs.isEmpty() || candidates.isEmpty() || !reachable) {
            return Answer.NONE;
        }
        if (remote.address().isPresent()
                && !theirs.get().fits(remote.rtp(remote.address().get()))) {
            // RFC 8839 section 5.4: something on the way has changed the addresses and knows nothing of ICE
            return new Answer(Optional.empty(), List.of(Attribute.of("ice-mismatch")));
        }
        IceDescription ours = inForce.filter(before -> before.remote.sameCredentials(theirs.get()))
                .map(IceSession::local)
                .orElseGet(() -> IceDescription.fresh(candidates));
        boolean controlling = inForce.filter(before -> before.local.equals(ours))
                .map(IceSession::controlling)
                .orElse(theirs.get().lite());
        return new Answer(Optional.of(new IceSession(ours, theirs.get(), controlling)), ours.attributes(remote.mux()));
    }

    /** Reads the answer to our offered line. */
    static Optional<IceSession> accept(
            RemoteLine remote, MediaDescription offered, List<IceCandidate> candidates, Optional<IceSession> inForce) {
        Optional<IceDescription> theirs = IceDescription.of(remote);
        Optional<String> ufrag = offered.attribute("ice-ufrag");
        Optional<String> password = offered.attribute("ice-pwd");
        if (theirs.isEmpty()
                || ufrag.isEmpty()
                || password.isEmpty()
                || remote.line().has("ice-mismatch")) {
            return Optional.empty();
        }
        IceDescription ours = new IceDescription(ufrag.get(), password.get(), candidates, false);
        // RFC 8445 section 6.1.1: the roles stay until a restart
        boolean controlling = inForce.filter(before -> before.local.sameCredentials(ours))
                .map(IceSession::controlling)
                .orElse(true);
        return Optional.of(new IceSession(ours, theirs.get(), controlling));
    }
}
