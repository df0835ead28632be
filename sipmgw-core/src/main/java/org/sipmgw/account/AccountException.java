package org.sipmgw.account;

/** An account cannot be read. The message names line and parameter; it never holds the line, which holds secrets. */
public final class AccountException extends IllegalArgumentException {
    private static final long serialVersionUID = 1;

    AccountException(int line, String parameter, String detail) {
        super("accounts line " + line + (parameter.isEmpty() ? "" : ", " + parameter) + ": " + detail);
    }
}
