package org.sipmgw.account;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvFileSource;

/** Every parameter that baresip's accounts have is obeyed, or named with what to use instead. */
@Tag("registrar")
class BaresipParametersTest {
    private static final String ACCOUNT = "<sip:a@h>";

    @ParameterizedTest
    @CsvFileSource(resources = "baresip-accounts.csv")
    void isObeyedOrNamedWithWhatToUseInstead(String name, String value, String how) {
        AccountsFile file = AccountsFile.parse(ACCOUNT + ";" + name + "=\"" + value + "\"");
        Account account = file.accounts().get(0);

        if (how.equals("obeyed")) {
            assertThat(file.warnings()).isEmpty();
            assertThat(account).as("the account is another one").isNotEqualTo(Account.parse(ACCOUNT));
        } else {
            assertThat(how).isEqualTo("warned");
            assertThat(file.warnings())
                    .singleElement()
                    .asString()
                    .startsWith("accounts line 1: " + name + " is not supported: ")
                    .doesNotContain("not known");
            assertThat(account).isEqualTo(Account.parse(ACCOUNT));
        }
    }

    @Test
    void namesAndPasswordsOfServersNeedOneAnother() {
        AccountsFile file = AccountsFile.parse(ACCOUNT
                + ";auth_user=x;auth_pass=y;medianat=turn;stunserver=turn:turn.example.org;stunuser=u;stunpass=p");

        assertThat(file.warnings()).isEmpty();
        assertThat(file.accounts().get(0).credentials()).contains(new Credentials("x", "y"));
        assertThat(file.accounts().get(0).nat().server().orElseThrow().credentials())
                .contains(new Credentials("u", "p"));
    }
}
