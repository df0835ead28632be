package org.sipmgw.internal.sip;

import gov.nist.javax.sip.address.SipUri;
import gov.nist.javax.sip.message.SIPResponse;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import javax.sip.message.Response;
import org.jspecify.annotations.Nullable;
import org.sipmgw.internal.sip.tls.TlsProblem;

/**
 * Whom an INVITE of ours is still to be sent to: the servers of an address one after the other, then those of the next
 * address. Remembers how the last one failed, which is what the call ends with when nobody is left. Not thread-safe.
 */
final class CallTargets {
    private final CallRouting routing;
    private final List<String> routes;
    private final Optional<SipHop> server;
    private final Retargets addresses;
    private final Deque<SipHop> hops = new ArrayDeque<>();
    private @Nullable SipUri uri;
    private @Nullable SipUri unresolved;
    private boolean distrusted;
    private int status = Response.SERVICE_UNAVAILABLE;
    private String detail = "No server of the address could be reached";

    CallTargets(SipTarget target, CallRouting routing) {
        this.routing = routing;
        this.routes = target.routes();
        this.server = target.server();
        this.addresses = new Retargets(SipAddresses.uri(target.uri()));
    }

    /** How to reach the server that is next; it stays the next until it is dropped. Null where nobody is left. May block. */
    @Nullable
    Reach next() {
        while (true) {
            while (!hops.isEmpty()) {
                try {
                    return routing.reach(hops.getFirst());
                } catch (IOException | IllegalArgumentException e) {
                    unreachable(e);
                }
            }
            SipUri pending = unresolved;
            if (pending != null) {
                unresolved = null;
                resolve(pending);
                continue;
            }
            SipUri address = addresses.next();
            if (address == null) {
                return null;
            }
            uri = address;
            unresolved = address;
            server.filter(hop -> !address.isSecure() || hop.protocol() == SipBinding.Protocol.TLS)
                    .ifPresent(hops::add);
        }
    }

    private void resolve(SipUri address) {
        try {
            Optional<String> certificate = server.flatMap(SipHop::certificate);
            routing.hops(address, routes).forEach(hop -> hops.add(hop.withCertificate(certificate)));
            server.ifPresent(hops::remove);
        } catch (IOException e) {
            note(Response.SERVICE_UNAVAILABLE, SipAddresses.host(address) + " is not found: " + e.getMessage());
        } catch (IllegalArgumentException unusable) {
            // such as a transport that we do not speak
            String why = SipAddresses.host(address) + " cannot be called: " + unusable.getMessage();
            note(Response.SERVICE_UNAVAILABLE, why);
        }
    }

    /** The server that is next. */
    SipHop hop() {
        return hops.getFirst();
    }

    /** The address it is a server of. */
    SipUri uri() {
        return Objects.requireNonNull(uri);
    }

    /** Nothing could be sent to the server that was next. */
    void unreachable(Exception problem) {
        SipHop hop = hops.removeFirst();
        Optional<String> untrusted = TlsProblem.in(problem);
        if (untrusted.isEmpty() && distrusted) {
            // that another server is not there matters less
            return;
        }
        distrusted |= untrusted.isPresent();
        String where = hop.protocol() + " " + LocalAddresses.inUri(hop.address()) + ":" + hop.port();
        String why = untrusted.orElseGet(
                () -> problem.getCause() == null ? problem.toString() : String.valueOf(problem.getCause()));
        note(Response.SERVICE_UNAVAILABLE, where + ": " + why);
    }

    /** The server that was next has not answered. */
    void silent() {
        note(Response.REQUEST_TIMEOUT, "The called side does not answer");
        hops.pollFirst();
    }

    /** It has said no; whether others of the same address are worth a try depends on how (RFC 3263 section 4.3). */
    void refused(SIPResponse response, String why) {
        int code = response.getStatusCode();
        note(code, why);
        if (code == Response.SERVICE_UNAVAILABLE || code == Response.REQUEST_TIMEOUT) {
            hops.pollFirst();
            return;
        }
        hops.clear();
        unresolved = null;
        if (code < 400) {
            addresses.redirected(response);
        }
    }

    private void note(int lastStatus, String lastDetail) {
        status = lastStatus;
        detail = lastDetail;
    }

    /** How the last one failed. */
    int status() {
        return status;
    }

    /** The same for people. */
    String detail() {
        return detail;
    }
}
