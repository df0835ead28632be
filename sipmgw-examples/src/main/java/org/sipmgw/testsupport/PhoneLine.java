package org.sipmgw.testsupport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.sipmgw.media.dtls.DtlsIdentity;

/** One media line of a call of a {@link VirtualPhone}: its port, its keys, and where the gateway's port is. */
final class PhoneLine implements AutoCloseable {

    private static final InetSocketAddress NOWHERE = new InetSocketAddress("127.0.0.1", 0);

    private final RtpPort port;
    private final Optional<PhoneIce> ice;
    private final Optional<PhoneSecurity> security;
    private final Optional<PhoneRepair> repair;
    private final List<LossyRelay.Path> paths;
    private volatile boolean finding = true;
    private volatile InetSocketAddress described = NOWHERE;
    private volatile InetSocketAddress describedReports = NOWHERE;

    /**
     * A line that has not been described yet.
     *
     * @param asks whether it asks for lost packets where it repairs at all
     * @param network lies between it and the gateway; not with ICE, which would see it
     */
    PhoneLine(PhoneMedia media, boolean asks, DtlsIdentity identity, Optional<LossyRelay> network) throws IOException {
        this.port = RtpPort.open(asks ? "phone-video" : "phone-audio");
        this.ice = media.ice() == PhoneMedia.Ice.NONE
                ? Optional.empty()
                : Optional.of(new PhoneIce(port, media.ice() == PhoneMedia.Ice.LITE));
        ice.ifPresent(port::find);
        this.repair = media.repair()
                ? Optional.of(new PhoneRepair(port, this::target, this::reports, asks))
                : Optional.empty();
        this.security = switch (media.encryption()) {
            case NONE -> Optional.empty();
            case SDES -> Optional.of(new PhoneKeys());
            case DTLS -> Optional.of(new PhoneDtls(identity, datagram -> port.sendPlain(datagram, target())));
        };
        security.ifPresent(port::secure);
        this.paths = network.isPresent() ? port.through(network.get()) : List.of();
    }

    RtpPort port() {
        return port;
    }

    Optional<PhoneRepair> repair() {
        return repair;
    }

    /** The port that others send to. */
    int number() {
        return paths.isEmpty() ? port.port() : paths.get(0).address().getPort();
    }

    /** Further attributes of an offer. */
    List<String> offered() {
        List<String> all = new ArrayList<>(found());
        // both may ask for one port
        security.ifPresent(keys ->
                keys.attributes().stream().filter(one -> !all.contains(one)).forEach(all::add));
        return all;
    }

    /** Attributes of ICE, for offers and answers. */
    List<String> found() {
        return ice.map(PhoneIce::attributes).orElse(List.of());
    }

    /** Other keys in the next offer. */
    void renewKeys() {
        security.ifPresent(PhoneSecurity::renew);
    }

    /** ICE anew in the next offer. */
    void restartIce() {
        ice.ifPresent(PhoneIce::restart);
    }

    /** Goes on as the other side's line says; {@code offered} tells whether the offer was ours. */
    void described(PhoneSdp.Line line, boolean offered) {
        int reportPath = port.onePort() ? 0 : 1;
        described = by(0, line.target());
        describedReports = by(reportPath, line.reports());
        // an offer without ICE is answered without it
        finding = offered || line.attributes().stream().anyMatch(one -> one.startsWith("ice-ufrag:"));
        ice.filter(agent -> finding).ifPresent(agent -> agent.described(line.attributes(), offered));
        if (offered) {
            security.ifPresent(keys -> keys.answered(line.attributes()));
        }
    }

    /** The other side has refused the line. */
    void refused() {
        described = NOWHERE;
        describedReports = NOWHERE;
    }

    /** Where to send what is meant for {@code target}. */
    private InetSocketAddress by(int which, InetSocketAddress target) {
        if (paths.isEmpty()) {
            return target;
        }
        paths.get(which).far(target);
        return paths.get(which).address();
    }

    /** Where to send RTP; port 0 while that is not known. */
    InetSocketAddress target() {
        return ice.filter(agent -> finding).map(PhoneIce::target).orElse(described);
    }

    /** Where to send RTCP. */
    InetSocketAddress reports() {
        return ice.filter(agent -> finding).map(PhoneIce::target).orElse(describedReports);
    }

    /** What ICE could not do. */
    List<String> failures() {
        return ice.map(PhoneIce::failures).orElse(List.of());
    }

    @Override
    public void close() {
        repair.ifPresent(PhoneRepair::close);
        ice.ifPresent(PhoneIce::close);
        security.ifPresent(PhoneSecurity::close);
        port.close();
    }
}
