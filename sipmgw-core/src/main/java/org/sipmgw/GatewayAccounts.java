package org.sipmgw;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.sipmgw.account.Account;
import org.sipmgw.account.RegistrationStatus;
import org.sipmgw.internal.sip.HopLookup;
import org.sipmgw.internal.sip.SipEndpoint;
import org.sipmgw.internal.sip.SipInvite;
import org.sipmgw.internal.sip.SipTarget;
import org.sipmgw.internal.sip.registration.Registrations;

/** The accounts of a gateway: keeps them registered, and knows whose a call is. Thread-safe. */
final class GatewayAccounts implements AutoCloseable {
    private final List<Account> accounts;
    private volatile @Nullable Registrations registrations;

    GatewayAccounts(List<Account> accounts) {
        this.accounts = accounts;
    }

    void start(SipEndpoint endpoint, HopLookup lookup, Consumer<RegistrationStatus> listener) {
        if (!accounts.isEmpty()) {
            registrations = Registrations.start(endpoint, lookup, accounts, listener);
        }
    }

    List<RegistrationStatus> statuses() {
        Registrations open = registrations;
        return open == null ? List.of() : open.statuses();
    }

    /** Whom the gateway calls, and the way there. */
    SipTarget target(String uri, CallOptions options) {
        Registrations open = registrations;
        return AccountRoutes.target(
                uri,
                options,
                open == null ? Optional.empty() : options.account().flatMap(open::flow));
    }

    /** By the Contact that was registered, else by the address, else by a user part that only one account has. */
    Optional<Account> called(SipInvite invite) {
        Registrations open = registrations;
        return invite.account()
                .flatMap(token -> open == null ? Optional.empty() : open.account(token))
                .or(() -> accounts.stream()
                        .filter(account -> user(account, invite)
                                && account.address().domain().host().equalsIgnoreCase(invite.requestHost()))
                        .findFirst())
                .or(() -> {
                    List<Account> same = accounts.stream()
                            .filter(account -> user(account, invite))
                            .toList();
                    return same.size() == 1 ? Optional.of(same.get(0)) : Optional.empty();
                });
    }

    private static boolean user(Account account, SipInvite invite) {
        return invite.requestUser().filter(account.address().user()::equals).isPresent();
    }

    /** Takes the registrations back. */
    @Override
    public void close() {
        Registrations open = registrations;
        if (open != null) {
            open.close();
        }
    }
}
