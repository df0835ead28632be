package org.sipmgw.account;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.SplittableRandom;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Lines broken in many ways are read or refused, and never show a secret. Each failure names its seed. */
@Tag("fuzz")
@Tag("registrar")
class AccountLineMutationTest {

    private static final String LINE = "\"Big \\\"Room\\\"\" <sip:room42@example.org:5070;transport=tcp>;auth_user=u;"
            + "auth_pass=\"S3CRET;x\";regint=600;regq=0.5;outbound=\"sip:p1.example.org;transport=tls\";sipnat=outbound;"
            + "answermode=auto;answerdelay=10;medianat=turn;stunserver=turn:[2001:db8::1]:3478?transport=tcp;stunuser=x;"
            + "stunpass=T0PS3CRET;mediaenc=srtp-mand;audio_codecs=opus/48000/2,pcma;dtmfmode=info;rtcp_mux=yes";
    private static final String ODD = "<>\"\\;=:@[]?,/ \t\0\u00e9\ud83d0-";

    @Test
    void brokenLinesAreReadOrRefused() {
        for (long seed = 1; seed <= 5_000; seed++) {
            String line = broken(new SplittableRandom(seed));
            try {
                AccountsFile file = AccountsFile.parse(line);
                assertThat(file.warnings().toString()).as("seed " + seed).doesNotContain("S3CRET", "T0PS");
            } catch (AccountException refused) {
                assertThat(refused.getMessage()).as("seed " + seed).doesNotContain("S3CRET", "T0PS");
            } catch (RuntimeException wrong) {
                Assertions.fail("seed " + seed, wrong);
            }
        }
    }

    private static String broken(SplittableRandom random) {
        StringBuilder line = new StringBuilder(LINE);
        for (int changes = 1 + random.nextInt(4); changes > 0 && line.length() > 2; changes--) {
            int at = random.nextInt(line.length());
            switch (random.nextInt(4)) {
                case 0 -> line.deleteCharAt(at);
                case 1 -> line.insert(at, ODD.charAt(random.nextInt(ODD.length())));
                case 2 -> line.setCharAt(at, ODD.charAt(random.nextInt(ODD.length())));
                default -> line.delete(at, Math.min(line.length(), at + random.nextInt(40)));
            }
        }
        return line.toString();
    }
}
