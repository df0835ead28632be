package org.sipmgw.account;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A baresip {@code accounts} file (versions 1 to 3): an account a line, {@code #} begins a comment line.
 *
 * @param accounts what the file holds, in its order
 * @param warnings what is not done here, each naming line and parameter and saying what to use instead
 */
public record AccountsFile(List<Account> accounts, List<String> warnings) {
    public AccountsFile {
        accounts = List.copyOf(accounts);
        warnings = List.copyOf(warnings);
    }

    /**
     * Reads a file.
     *
     * @throws IOException when it cannot be read
     * @throws AccountException naming line and parameter
     */
    public static AccountsFile read(Path file) throws IOException {
        return parse(Files.readString(file));
    }

    /**
     * Reads a file's text.
     *
     * @throws AccountException naming line and parameter
     */
    public static AccountsFile parse(String text) {
        List<Account> accounts = new ArrayList<>();
        List<String> warnings = new ArrayList<>();
        String[] lines = text.split("\\R", -1);
        for (int i = 0; i < lines.length; i++) {
            String line = lines[i].strip();
            if (!line.isEmpty() && !line.startsWith("#") && !line.startsWith("\uFEFF#")) {
                accounts.add(new AccountLine(i + 1, line, warnings).read());
            }
        }
        return new AccountsFile(accounts, warnings);
    }
}
