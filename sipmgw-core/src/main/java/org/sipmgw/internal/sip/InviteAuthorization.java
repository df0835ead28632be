package org.sipmgw.internal.sip;

import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.message.SIPResponse;
import java.text.ParseException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import javax.sip.header.Header;
import javax.sip.header.HeaderFactory;
import javax.sip.message.Response;
import org.sipmgw.account.Credentials;
import org.sipmgw.internal.sip.auth.DigestClient;
import org.sipmgw.internal.sip.auth.DigestRequest;

/** Answers the challenges of the called side (401) and of proxies on the way (407), to an INVITE and in its dialog. Thread-safe. */
final class InviteAuthorization {
    private static final int MOST_CHALLENGES = 6;
    private final HeaderFactory headers;
    private final Optional<DigestClient> callee;
    private final Optional<DigestClient> proxies;
    private int challenges;

    InviteAuthorization(HeaderFactory headers, Optional<Credentials> credentials) {
        this.headers = headers;
        this.callee = credentials.map(DigestClient::new);
        this.proxies = credentials.map(DigestClient::new);
    }

    static boolean isChallenge(int status) {
        return status == Response.UNAUTHORIZED || status == Response.PROXY_AUTHENTICATION_REQUIRED;
    }

    /** Whether the request is worth being sent again. */
    synchronized boolean answers(SIPResponse challenge) {
        boolean fromCallee = challenge.getStatusCode() == Response.UNAUTHORIZED;
        challenges++;
        return challenges <= MOST_CHALLENGES
                && (fromCallee ? callee : proxies)
                        .map(client -> client.challenged(
                                values(challenge, fromCallee ? "WWW-Authenticate" : "Proxy-Authenticate")))
                        .filter(DigestClient.Outcome.ANSWER::equals)
                        .isPresent();
    }

    private static List<String> values(SIPResponse response, String name) {
        List<String> values = new ArrayList<>();
        Iterator<?> found = response.getHeaders(name);
        while (found.hasNext()) {
            String line = found.next().toString();
            values.add(line.substring(line.indexOf(':') + 1).strip());
        }
        return values;
    }

    /** What was sent is right: a later challenge is about a nonce that has aged. */
    synchronized void accepted() {
        challenges = 0;
        callee.ifPresent(DigestClient::accepted);
        proxies.ifPresent(DigestClient::accepted);
    }

    synchronized void sign(SIPRequest request) {
        byte[] body = request.getRawContent();
        DigestRequest what = new DigestRequest(
                request.getMethod(), request.getRequestURI().toString(), body == null ? new byte[0] : body);
        callee.ifPresent(client -> add(request, "Authorization", client.authorizations(what)));
        proxies.ifPresent(client -> add(request, "Proxy-Authorization", client.authorizations(what)));
    }

    private void add(SIPRequest request, String name, List<String> values) {
        for (String value : values) {
            try {
                Header header = headers.createHeader(name, value);
                request.addHeader(header);
            } catch (ParseException e) {
                throw new IllegalStateException(e);
            }
        }
    }
}
