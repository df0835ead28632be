package org.sipmgw.account;

import java.util.Objects;
import java.util.Optional;

/**
 * A SIP account: who the gateway is for callers, where it registers, and how calls that come that way are treated.
 * Immutable. Secrets never stand in {@link #toString()}.
 *
 * @param address the address of record
 * @param credentials what to answer to a challenge with; empty where the account has no password
 * @param registration where and how to register
 * @param calls how calls are taken
 * @param nat how media get through address translation
 * @param media encryption, codecs and keys
 */
public record Account(
        AddressOfRecord address,
        Optional<Credentials> credentials,
        RegistrationSettings registration,
        CallSettings calls,
        NatSettings nat,
        MediaSettings media) {

    public Account {
        Objects.requireNonNull(address);
        Objects.requireNonNull(credentials);
        Objects.requireNonNull(registration);
        Objects.requireNonNull(calls);
        Objects.requireNonNull(nat);
        Objects.requireNonNull(media);
    }

    /**
     * Reads one line of a baresip {@code accounts} file; see {@link AccountsFile} for whole files and for warnings.
     *
     * @throws AccountException saying what is wrong, without the line's secrets
     */
    public static Account parse(String line) {
        return AccountsFile.parse(line).accounts().stream()
                .findFirst()
                .orElseThrow(() -> new AccountException(1, "", "the line is empty or a comment"));
    }
}
