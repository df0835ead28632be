package org.sipmgw;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.sipmgw.account.Account;
import org.sipmgw.admission.AdmissionRules;
import org.sipmgw.internal.sip.tls.TlsContext;
import org.sipmgw.sdp.EncryptionPolicy;
import org.sipmgw.spi.ConferenceJoiner;
import org.sipmgw.spi.ConfigException;
import org.sipmgw.spi.MediaEngine;
import org.sipmgw.tls.TlsSettings;

/** Collects and checks the parts of a gateway. */
final class GatewayBuilder implements Gateway.Builder {
    private final List<ListeningPoint> points = new ArrayList<>();
    private final List<Account> accounts = new ArrayList<>();
    private final List<ConferenceJoiner> joiners = new ArrayList<>();
    private Optional<PublicSipAddress> publicAddress = Optional.empty();
    private @Nullable MediaEngine engine;
    private @Nullable RoomResolver rooms;
    private GatewayConfig config = GatewayConfig.defaults();
    private AdmissionRules admission = AdmissionRules.defaults();
    private TlsSettings tls = TlsSettings.defaults();
    private SessionTimers sessionTimers = SessionTimers.defaults();
    private AnswerPolicy answering = AnswerPolicy.defaults();
    private CallListener listener = new CallListener() {};

    @Override
    public Gateway.Builder listen(ListeningPoint point) {
        points.add(point);
        return this;
    }

    @Override
    public Gateway.Builder publicAddress(PublicSipAddress address) {
        this.publicAddress = Optional.of(address);
        return this;
    }

    @Override
    public Gateway.Builder tls(TlsSettings settings) {
        this.tls = settings;
        return this;
    }

    @Override
    public Gateway.Builder account(Account account) {
        // what its server lacks is said now, not when a call comes
        var unused = AccountWishes.nat(account.nat());
        accounts.add(account);
        return this;
    }

    @Override
    public Gateway.Builder sessionTimers(SessionTimers terms) {
        this.sessionTimers = terms;
        return this;
    }

    @Override
    public Gateway.Builder answering(AnswerPolicy policy) {
        this.answering = policy;
        return this;
    }

    @Override
    public Gateway.Builder admission(AdmissionRules rules) {
        this.admission = rules;
        return this;
    }

    @Override
    public Gateway.Builder mediaEngine(MediaEngine carrier) {
        this.engine = carrier;
        return this;
    }

    @Override
    public Gateway.Builder joiner(ConferenceJoiner joiner) {
        joiners.add(joiner);
        return this;
    }

    @Override
    public Gateway.Builder rooms(RoomResolver resolver) {
        this.rooms = resolver;
        return this;
    }

    @Override
    public Gateway.Builder config(GatewayConfig limits) {
        this.config = limits;
        return this;
    }

    @Override
    public Gateway.Builder listener(CallListener told) {
        this.listener = told;
        return this;
    }

    @Override
    public Gateway build() {
        if (points.isEmpty() && accounts.isEmpty()) {
            throw new ConfigException("listen", "nothing", "at least one listening point or account");
        }
        for (ListeningPoint point : points) {
            requireAddress(point.address());
        }
        if (tls.certificate().isEmpty() && points.stream().anyMatch(point -> point.transport() == Transport.TLS)) {
            throw new ConfigException("tls.certificate", "nothing", "the certificate to listen on TLS with");
        }
        // reads the files: what is wrong with them is said now
        var unused = new TlsContext(tls);
        accounts.stream()
                .flatMap(account -> account.registration().certificate().stream())
                .forEach(this::readCertificate);
        if (engine == null) {
            throw new ConfigException("mediaEngine", "nothing", "a media engine");
        }
        if (config.encryption().level() == EncryptionPolicy.Level.REQUIRED
                && engine.capabilities().suites().isEmpty()) {
            throw new ConfigException("encryption", "required", "off or preferred with this media engine");
        }
        if (joiners.isEmpty()) {
            throw new ConfigException("joiner", "nothing", "at least one joiner");
        }
        if (rooms == null) {
            throw new ConfigException("rooms", "nothing", "a room resolver");
        }
        return new SipGateway(new GatewayParts(
                List.copyOf(points),
                publicAddress,
                engine,
                List.copyOf(joiners),
                rooms,
                config,
                tls,
                admission,
                new GatewayAccounts(List.copyOf(accounts)),
                sessionTimers,
                answering,
                new GuardedListener(listener)));
    }

    private void readCertificate(String file) {
        try {
            var unused = new TlsContext(tls.showing(Path.of(file)));
        } catch (ConfigException e) {
            ConfigException refusal = new ConfigException("accounts: cert", file, "certificate and key in PEM");
            refusal.initCause(e);
            throw refusal;
        }
    }

    /** A name would have to be looked up, and could mean several addresses. */
    private static void requireAddress(String address) {
        boolean ipv6 = address.indexOf(':') >= 0 && address.matches("[0-9A-Fa-f:.]+(%[\\w.-]+)?");
        boolean ipv4 = address.matches("(\\d{1,3}\\.){3}\\d{1,3}");
        if (!ipv4 && !ipv6) {
            throw new ConfigException("listen address", address, "an IPv4 or IPv6 address without brackets");
        }
    }
}
