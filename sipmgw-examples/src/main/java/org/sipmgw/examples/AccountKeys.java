package org.sipmgw.examples;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.sipmgw.account.Account;
import org.sipmgw.account.AccountException;
import org.sipmgw.account.AccountsFile;
import org.sipmgw.account.AnswerMode;
import org.sipmgw.account.RegistrationStatus;
import org.sipmgw.spi.ConfigException;

/** The key {@code accounts} of the configuration: a file in baresip's form, or its lines. */
final class AccountKeys {
    private AccountKeys() {}

    /** @param warnings gets what is not obeyed */
    static List<Account> read(Section root, List<String> warnings) {
        List<String> values = root.list("accounts");
        try {
            boolean lines = values.size() != 1
                    || values.get(0).contains("sip:")
                    || values.get(0).contains("sips:");
            AccountsFile file =
                    lines ? AccountsFile.parse(String.join("\n", values)) : AccountsFile.read(Path.of(values.get(0)));
            warnings.addAll(file.warnings());
            return file.accounts().stream()
                    .map(account -> answered(account, warnings))
                    .toList();
        } catch (AccountException e) {
            throw refused(String.valueOf(e.getMessage()), "lines in the form of baresip's accounts", e);
        } catch (IOException e) {
            String allowed = "a file that can be read, or a list of lines with sip: addresses";
            if (!values.get(0).matches("[^;=<>]*")) {
                // a line without its "sip:" looks like a file, and may hold a password, which the cause would show
                throw new ConfigException("accounts", "a line without address", allowed);
            }
            throw refused(values.get(0), allowed, e);
        }
    }

    /** In {@code run} nobody decides about calls but who writes to its standard input. */
    private static Account answered(Account account, List<String> warnings) {
        if (account.calls().answerMode().filter(mode -> mode != AnswerMode.AUTO).isPresent()) {
            warnings.add(
                    "accounts: answermode of " + account.address()
                            + ": calls ring until the command 'accept CALL' or 'reject CALL' (run --events), for a minute at most");
        }
        return account;
    }

    private static ConfigException refused(String value, String allowed, Exception cause) {
        ConfigException refusal = new ConfigException("accounts", value, allowed);
        refusal.initCause(cause);
        return refusal;
    }

    /** The fields of the event {@code registration}. */
    static Map<String, Object> fields(RegistrationStatus status) {
        Map<String, Object> fields = new java.util.LinkedHashMap<>();
        fields.put("account", status.account().uri());
        fields.put("server", status.server());
        fields.put("state", status.state().name());
        fields.put("sipStatus", status.sipStatus());
        fields.put("detail", status.detail());
        status.expires().ifPresent(time -> fields.put("expires", time.toString()));
        status.nextAttempt().ifPresent(time -> fields.put("nextAttempt", time.toString()));
        return fields;
    }
}
