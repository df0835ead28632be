package org.sipmgw.internal.sip;

import gov.nist.javax.sip.ListeningPointExt;
import gov.nist.javax.sip.SipStackImpl;
import gov.nist.javax.sip.message.SIPRequest;
import gov.nist.javax.sip.parser.StringMsgParser;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.text.ParseException;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Consumer;
import javax.sip.ClientTransaction;
import javax.sip.ListeningPoint;
import javax.sip.SipException;
import org.sipmgw.internal.sip.tls.TlsSockets;

/** Sends requests outside dialogs, and keeps the connections they have opened alive. */
final class RequestSender {
    private static final System.Logger LOG = System.getLogger(RequestSender.class.getName());
    private final SipStackImpl stack;
    private final TlsSockets tls;
    private final SipPoints points;
    private final SipReplies replies;
    private final StunPings pings;
    private final SecureRandom random = new SecureRandom();

    RequestSender(SipStackImpl stack, TlsSockets tls, SipPoints points, SipReplies replies, StunPings pings) {
        this.pings = pings;
        this.stack = stack;
        this.tls = tls;
        this.points = points;
        this.replies = replies;
    }

    /** Blocks while a connection is being made. */
    void send(SipRequestText text, Consumer<SipAnswer> answered) {
        AnswerTaker taker = new AnswerTaker(answered);
        try {
            Reach reach = points.towards(text.hop());
            SIPRequest request = request(text, reach);
            request.setApplicationData(text.hop());
            ClientTransaction transaction = reach.provider().getNewClientTransaction(request);
            transaction.setApplicationData(taker);
            transaction.sendRequest();
        } catch (IOException | SipException | ParseException | RuntimeException e) {
            LOG.log(System.Logger.Level.DEBUG, text + " not sent", e);
            taker.none(reason(e));
        }
    }

    private static String reason(Throwable problem) {
        Throwable root = problem;
        while (root.getCause() != null && root.getCause() != root) {
            root = root.getCause();
        }
        return SipReplies.quotable(
                root.getMessage() == null ? root.getClass().getSimpleName() : String.valueOf(root.getMessage()));
    }

    private SIPRequest request(SipRequestText text, Reach reach) throws ParseException {
        String authority = reach.host() + ":" + reach.port();
        String local =
                reach.contact() + ";transport=" + text.hop().protocol().name().toLowerCase(Locale.ROOT);
        byte[] branch = new byte[12];
        random.nextBytes(branch);
        StringBuilder message = new StringBuilder(text.method() + " " + text.uri() + " SIP/2.0\r\n");
        message.append("Via: SIP/2.0/")
                .append(text.hop().protocol())
                .append(' ')
                .append(authority)
                .append(";branch=z9hG4bK")
                .append(HexFormat.of().formatHex(branch))
                .append(";rport\r\nMax-Forwards: 70\r\n");
        for (String line : text.headers()) {
            message.append(line.replace(SipRequestText.LOCAL, local)).append("\r\n");
        }
        message.append(replies.allow().toString().strip()).append("\r\n");
        message.append(replies.userAgent().toString().strip()).append("\r\nContent-Length: 0\r\n\r\n");
        byte[] bytes = message.toString().getBytes(StandardCharsets.UTF_8);
        if (new StringMsgParser().parseSIPMessage(bytes, true, true, null) instanceof SIPRequest request) {
            return request;
        }
        throw new ParseException("not a request", 0);
    }

    /** Whether the connection to that server still stands; true for UDP, which has none. */
    boolean connected(SipHop hop) {
        if (hop.protocol() == SipBinding.Protocol.UDP) {
            return true;
        }
        if (hop.protocol() == SipBinding.Protocol.TLS) {
            return tls.connectedTo(new InetSocketAddress(hop.address(), hop.port()));
        }
        // a negative time switches the stack's own timer off, which closes connections that answered in time
        return point(hop)
                .map(point -> stack.setKeepAliveTimeout(
                        point.getIPAddress(),
                        point.getPort(),
                        hop.protocol().name(),
                        LocalAddresses.inUri(hop.address()),
                        hop.port(),
                        -1))
                .orElse(false);
    }

    /** Sends CRLF CRLF (RFC 5626 section 3.5.1), on the connection or from the port that the registrar knows. */
    void keepAlive(SipHop hop) {
        if (!connected(hop)) {
            return;
        }
        point(hop).ifPresent(point -> {
            try {
                ((ListeningPointExt) point).sendHeartbeat(hop.address().getHostAddress(), hop.port());
            } catch (IOException | RuntimeException e) {
                LOG.log(System.Logger.Level.DEBUG, "keep-alive to " + hop, e);
            }
        });
    }

    /** Asks by STUN, from the port that the registrar knows. */
    void ping(SipHop hop, Consumer<SipPlace> answered) {
        point(hop).ifPresent(point -> {
            try {
                InetSocketAddress server = new InetSocketAddress(hop.address(), hop.port());
                InetAddress bound = InetAddress.getByName(point.getIPAddress());
                pings.ping(new InetSocketAddress(bound, point.getPort()), server, answered);
            } catch (IOException e) {
                LOG.log(System.Logger.Level.DEBUG, "STUN to " + hop, e);
            }
        });
    }

    private Optional<ListeningPoint> point(SipHop hop) {
        try {
            return Optional.ofNullable(points.towards(hop)
                    .provider()
                    .getListeningPoint(hop.protocol().name()));
        } catch (IOException e) {
            return Optional.empty();
        }
    }
}
