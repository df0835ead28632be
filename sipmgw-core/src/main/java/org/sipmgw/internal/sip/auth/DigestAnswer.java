package org.sipmgw.internal.sip.auth;

import java.util.Optional;
import org.sipmgw.account.Credentials;

/** The value of an Authorization header for one request (RFC 7616 section 3.4). */
final class DigestAnswer {
    private DigestAnswer() {}

    /** @param count how often the nonce was used, this time included */
    static String to(
            DigestChallenge challenge, Credentials credentials, DigestRequest request, String cnonce, int count) {
        DigestAlgorithm algorithm = challenge.algorithm();
        Optional<String> qop = challenge.protection();
        String nc = String.format("%08x", count);
        String secret = algorithm.hex(credentials.user() + ":" + challenge.realm() + ":" + credentials.password());
        if (algorithm.session()) {
            secret = algorithm.hex(secret + ":" + challenge.nonce() + ":" + cnonce);
        }
        String what = request.method() + ":" + request.uri();
        if (qop.filter("auth-int"::equals).isPresent()) {
            what += ":" + algorithm.hex(request.body());
        }
        String middle = qop.map(protection -> ":" + nc + ":" + cnonce + ":" + protection)
                .orElse("");
        String response = algorithm.hex(secret + ":" + challenge.nonce() + middle + ":" + algorithm.hex(what));
        StringBuilder header = new StringBuilder("Digest username=")
                .append(ChallengeParameters.quoted(credentials.user()))
                .append(", realm=")
                .append(ChallengeParameters.quoted(challenge.realm()))
                .append(", nonce=")
                .append(ChallengeParameters.quoted(challenge.nonce()))
                .append(", uri=\"")
                .append(request.uri())
                .append("\", response=\"")
                .append(response)
                .append("\", algorithm=")
                .append(algorithm.token());
        if (qop.isPresent() || algorithm.session()) {
            header.append(", cnonce=\"").append(cnonce).append('"');
        }
        qop.ifPresent(protection ->
                header.append(", qop=").append(protection).append(", nc=").append(nc));
        challenge.opaque().ifPresent(opaque -> header.append(", opaque=").append(ChallengeParameters.quoted(opaque)));
        return header.toString();
    }
}
