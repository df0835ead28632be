package org.sipmgw.rawsip;

import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.locks.LockSupport;
import org.jspecify.annotations.Nullable;

/** One dialog of a {@link RawPhone} with the gateway: fills in what every request needs. */
public final class RawCall {
    public static final String SDP_TYPE = "Content-Type: application/sdp";
    private final RawPhone phone;
    private final String user;
    private final String callId = UUID.randomUUID().toString();
    private final String fromTag = "t" + UUID.randomUUID().toString().substring(0, 8);
    private @Nullable String toTag;
    private String target;
    private int cseq;
    private String inviteBranch = "";

    public RawCall(RawPhone phone, String user) {
        this.phone = phone;
        this.user = user;
        this.target = "sip:" + user + "@" + phone.gatewayAddress();
    }

    public static String offer(String address, int audioPort, int videoPort) {
        String family = address.indexOf(':') >= 0 ? "IP6 " : "IP4 ";
        return "v=0\r\no=- 1 1 IN " + family + address + "\r\ns=-\r\nc=IN " + family + address + "\r\nt=0 0\r\n"
                + "m=audio " + audioPort + " RTP/AVP 0 101\r\na=rtpmap:0 PCMU/8000\r\n"
                + "a=rtpmap:101 telephone-event/8000\r\na=fmtp:101 0-15\r\n"
                + "m=video " + videoPort + " RTP/AVP 97\r\na=rtpmap:97 H264/90000\r\n"
                + "a=fmtp:97 profile-level-id=42801f;packetization-mode=1\r\n";
    }

    public static String offer() {
        return offer("127.0.0.1", 40000, 40002);
    }

    /** G.729 and H.261 only. */
    public static String alienOffer() {
        return offer().replace("RTP/AVP 0 101", "RTP/AVP 18")
                .replaceAll("a=(rtpmap|fmtp):(0|101).*\r\n", "")
                .replaceAll("a=fmtp:97.*\r\n", "")
                .replace("H264", "H261");
    }

    public String callId() {
        return callId;
    }

    public RawPhone phone() {
        return phone;
    }

    public String nextCseq(String method) {
        return (cseq + 1) + " " + method;
    }

    /** A request with the next CSeq (ACK and CANCEL: that of the INVITE); empty body: none. */
    public String request(String method, String body, String... headers) {
        boolean ofInvite = method.equals("ACK") || method.equals("CANCEL");
        if (!ofInvite) {
            cseq++;
        }
        String branch = method.equals("CANCEL") ? inviteBranch : "z9hG4bK" + UUID.randomUUID();
        if (method.equals("INVITE")) {
            inviteBranch = branch;
        }
        return text(method, target, branch, cseq + " " + method, body, headers);
    }

    public String text(String method, String uri, String branch, String cseqValue, String body, String... headers) {
        List<String> lines = new ArrayList<>();
        lines.add(method + " " + uri + " SIP/2.0");
        lines.add("Via: SIP/2.0/" + phone.transport() + " " + phone.address() + ";rport;branch=" + branch);
        lines.add("Max-Forwards: 70");
        lines.add("From: \"Room 1\" <sip:room1@" + phone.address() + ">;tag=" + fromTag);
        lines.add("To: <sip:" + user + "@" + phone.gatewayAddress() + ">" + (toTag == null ? "" : ";tag=" + toTag));
        lines.add("Call-ID: " + callId);
        lines.add("CSeq: " + cseqValue);
        lines.add("Contact: <sip:room1@" + phone.address() + ";transport="
                + phone.transport().toLowerCase(java.util.Locale.ROOT) + ">");
        lines.add("User-Agent: raw-phone");
        lines.addAll(List.of(headers));
        lines.add("Content-Length: " + body.length());
        return String.join("\r\n", lines) + "\r\n\r\n" + body;
    }

    public RawMessage invite(String sdp) {
        sendInvite(sdp);
        RawMessage answer = phone.awaitFinal(cseq + " INVITE");
        learn(answer);
        return answer;
    }

    public void sendInvite(String sdp) {
        phone.send(sdp.isEmpty() ? request("INVITE", "") : request("INVITE", sdp, SDP_TYPE));
    }

    /** Takes tag and target out of an answer. */
    public void learn(RawMessage answer) {
        if (answer.status() < 300) {
            toTag = answer.tag("To").orElseThrow();
            answer.header("Contact").ifPresent(contact -> target = answer.contactUri());
        }
    }

    public void ack(String sdp) {
        phone.send(sdp.isEmpty() ? request("ACK", "") : request("ACK", sdp, SDP_TYPE));
    }

    /** ACK of a refusal: the INVITE's branch and URI, the answer's To tag. */
    public void ackRefusal(RawMessage answer) {
        phone.send("ACK " + target + " SIP/2.0\r\nVia: SIP/2.0/" + phone.transport() + " " + phone.address()
                + ";rport;branch=" + inviteBranch + "\r\nMax-Forwards: 70\r\nFrom: "
                + answer.header("From").orElseThrow()
                + "\r\nTo: " + answer.header("To").orElseThrow() + "\r\nCall-ID: " + callId + "\r\nCSeq: " + cseq
                + " ACK\r\nContent-Length: 0\r\n\r\n");
    }

    /** Sends a request inside the dialog and waits for its final answer. */
    public RawMessage ask(String method, String body, String... headers) {
        phone.send(request(method, body, headers));
        return phone.awaitFinal(cseq + " " + method);
    }

    /** A re-INVITE, sent again while the gateway is still about its own: RFC 3261 section 14.1. */
    public RawMessage reinvite(String sdp) {
        RawMessage answer = ask("INVITE", sdp, SDP_TYPE);
        for (int i = 0; i < 50 && answer.status() == 491; i++) {
            ackRefusal(answer);
            LockSupport.parkNanos(20_000_000);
            answer = ask("INVITE", sdp, SDP_TYPE);
        }
        return answer;
    }

    /** INVITE, 200, ACK. */
    public RawMessage establish() {
        RawMessage answer = invite(phone.address().startsWith("[") ? offer("::1", 40000, 40002) : offer());
        if (answer.status() == 200) {
            ack("");
        } else {
            ackRefusal(answer);
        }
        return answer;
    }

    /** Answers a request of the gateway. */
    public void reply(RawMessage request, int status, String... headers) {
        reply(request, status, "", headers);
    }

    /** Answers 200 with a session description. */
    public void replyWithSdp(RawMessage request, String sdp, String... headers) {
        List<String> all = new ArrayList<>(List.of(headers));
        all.add(SDP_TYPE);
        all.add("Contact: <sip:room1@" + phone.address() + ">");
        reply(request, 200, sdp, all.toArray(String[]::new));
    }

    private void reply(RawMessage request, int status, String body, String... headers) {
        StringBuilder text = new StringBuilder("SIP/2.0 " + status + " Answered\r\n");
        request.all("Via").forEach(via -> text.append("Via: ").append(via).append("\r\n"));
        for (String name : List.of("From", "To", "Call-ID", "CSeq")) {
            text.append(name)
                    .append(": ")
                    .append(request.header(name).orElseThrow())
                    .append("\r\n");
        }
        List.of(headers).forEach(header -> text.append(header).append("\r\n"));
        phone.send(text.append("Content-Length: ")
                .append(body.length())
                .append("\r\n\r\n")
                .append(body)
                .toString());
    }
}
