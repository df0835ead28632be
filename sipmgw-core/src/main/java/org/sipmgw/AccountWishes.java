package org.sipmgw;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalInt;
import org.sipmgw.account.Account;
import org.sipmgw.account.DtmfMode;
import org.sipmgw.account.MediaSettings;
import org.sipmgw.account.NatSettings;
import org.sipmgw.account.NatTraversal;
import org.sipmgw.sdp.EncryptionPolicy;
import org.sipmgw.sdp.MediaCapabilities;
import org.sipmgw.sdp.RtpCodec;
import org.sipmgw.sdp.RtpTerms;
import org.sipmgw.spi.NatPolicy;
import org.sipmgw.tls.TlsSettings;

/** What the account of a call changes in what the gateway does for every call. */
final class AccountWishes {
    private final Optional<Account> account;

    AccountWishes(Optional<Account> account) {
        this.account = account;
    }

    EncryptionPolicy encryption(EncryptionPolicy gateway) {
        return account.map(a -> a.media().encryption().policy(gateway)).orElse(gateway);
    }

    /** Empty where the account says nothing: then the engine's own holds. Servers over TLS are trusted as SIP servers are. */
    Optional<NatPolicy> nat(TlsSettings tls) {
        return account.map(Account::nat)
                .flatMap(AccountWishes::nat)
                .map(policy -> tls.ca().map(policy::withCaFile).orElse(policy));
    }

    static Optional<NatPolicy> nat(NatSettings settings) {
        return settings.traversal() == NatTraversal.NONE ? Optional.empty() : Optional.of(NatPolicy.of(settings));
    }

    DtmfMode keys() {
        return account.map(a -> a.media().dtmf()).orElse(DtmfMode.AUTO);
    }

    /** Only the codecs that the account names, in its order; all of a kind where it names none that there is. */
    MediaCapabilities capabilities(MediaCapabilities all) {
        return account.map(a -> new MediaCapabilities(
                        chosen(all.audio(), a.media().audioCodecs()),
                        chosen(all.video(), a.media().videoCodecs()),
                        all.receiveLimits(),
                        all.suites(),
                        terms(a.media(), all.terms())))
                .orElse(all);
    }

    private static RtpTerms terms(MediaSettings wanted, RtpTerms otherwise) {
        OptionalInt packetTime =
                wanted.ptimeMs().filter(RtpTerms::usable).map(OptionalInt::of).orElse(otherwise.packetTimeMs());
        return new RtpTerms(packetTime, wanted.rtcpMux().orElse(otherwise.rtcpMux()));
    }

    private static List<RtpCodec> chosen(List<RtpCodec> all, List<String> names) {
        List<RtpCodec> chosen = new ArrayList<>();
        for (String name : names) {
            all.stream()
                    .filter(codec -> named(codec, name) && !chosen.contains(codec))
                    .forEach(chosen::add);
        }
        if (chosen.isEmpty()) {
            return all;
        }
        all.stream()
                .filter(codec -> codec.name().equalsIgnoreCase("telephone-event"))
                .forEach(chosen::add);
        return chosen;
    }

    /** {@code name}, {@code name/rate} or {@code name/rate/channels}. */
    private static boolean named(RtpCodec codec, String wish) {
        String[] part = wish.toLowerCase(Locale.ROOT).split("/");
        return codec.name().equalsIgnoreCase(part[0])
                && (part.length < 2 || part[1].equals(Integer.toString(codec.clockRateHz())));
    }
}
