package org.sipmgw.sdp;

import java.net.Inet6Address;
import java.net.InetAddress;
import java.util.Optional;

/**
 * What an offer says of the way of its media, for those who must choose sockets before it is answered.
 *
 * @param ipv6 whether the first line with an address has one of IPv6
 * @param ice whether some line speaks ICE
 * @param onePort whether all lines of sound and pictures speak ICE and take RTCP on the port of RTP, so that our side
 *     needs no port of its own for the call
 */
public record OfferedTransport(boolean ipv6, boolean ice, boolean onePort) {

    /** Reads an offer; empty where it is none, or has nothing that could be accepted. */
    public static Optional<OfferedTransport> of(String offer) {
        SessionDescription session;
        try {
            session = SessionDescription.parse(offer);
        } catch (SdpException e) {
            // the negotiation will say what is wrong with it
            return Optional.empty();
        }
        Optional<InetAddress> first = Optional.empty();
        boolean ice = false;
        boolean onePort = true;
        for (int i = 0; i < session.media().size(); i++) {
            RemoteLine line = RemoteLine.of(session, i, RtpTerms.standard());
            if (line.line().refused() || line.line().kind() == MediaKind.OTHER || LineCheck.slides(line.line())) {
                continue;
            }
            Optional<InetAddress> address = line.address();
            boolean speaks = address.isPresent()
                    && IceDescription.of(line)
                            .filter(theirs -> theirs.fits(line.rtp(address.get())))
                            .isPresent();
            first = first.or(() -> address);
            ice |= speaks;
            onePort &= speaks && line.mux();
        }
        boolean ipv6 = first.filter(Inet6Address.class::isInstance).isPresent();
        return first.isEmpty() ? Optional.empty() : Optional.of(new OfferedTransport(ipv6, ice, ice && onePort));
    }
}
