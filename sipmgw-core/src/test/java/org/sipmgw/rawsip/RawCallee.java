package org.sipmgw.rawsip;

import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** A room system that is called: answers the requests of the gateway as the test says. */
public final class RawCallee {
    private final RawPhone phone;
    private final String tag;

    public RawCallee(RawPhone phone) {
        this(phone, "c" + UUID.randomUUID().toString().substring(0, 8));
    }

    /** One of several devices behind one socket, as behind a forking proxy. */
    public RawCallee(RawPhone phone, String tag) {
        this.phone = phone;
        this.tag = tag;
    }

    /** What the gateway calls. */
    public static String uri(RawPhone phone, String user) {
        String transport = phone.transport().equals("UDP")
                ? ""
                : ";transport=" + phone.transport().toLowerCase(Locale.ROOT);
        return "sip:" + user + "@" + phone.address() + transport;
    }

    public void answer(RawMessage request, int status, String reason, String body, String... headers) {
        StringBuilder text = new StringBuilder("SIP/2.0 " + status + " " + reason + "\r\n");
        request.all("Via").forEach(via -> text.append("Via: ").append(via).append("\r\n"));
        for (String name : List.of("From", "Call-ID", "CSeq")) {
            text.append(name)
                    .append(": ")
                    .append(request.header(name).orElseThrow())
                    .append("\r\n");
        }
        String to = request.header("To").orElseThrow();
        boolean tagged = status == 100 || to.contains(";tag=");
        text.append("To: ").append(tagged ? to : to + ";tag=" + tag).append("\r\n");
        List.of(headers).forEach(header -> text.append(header).append("\r\n"));
        if (List.of(headers).stream().noneMatch(header -> header.startsWith("Contact"))) {
            text.append("Contact: <sip:callee@")
                    .append(phone.address())
                    .append(";transport=")
                    .append(phone.transport().toLowerCase(Locale.ROOT))
                    .append(">\r\n");
        }
        if (!body.isEmpty()) {
            text.append("Content-Type: application/sdp\r\n");
        }
        phone.send(text + "Content-Length: " + body.length() + "\r\n\r\n" + body);
    }

    public void answer(RawMessage request, int status, String reason) {
        answer(request, status, reason, "");
    }

    /** An answer that takes what the gateway offers first. */
    public static String sdp() {
        return """
                v=0
                o=- 7 1 IN IP4 127.0.0.1
                s=-
                c=IN IP4 127.0.0.1
                t=0 0
                m=audio 41000 RTP/AVP 0 101
                a=rtpmap:0 PCMU/8000
                a=rtpmap:101 telephone-event/8000
                m=video 41002 RTP/AVP 97
                a=rtpmap:97 H264/90000
                a=fmtp:97 profile-level-id=42e01f;packetization-mode=1
                """.replace("\n", "\r\n");
    }

    /** Rings, answers, and waits for the ACK. */
    public RawMessage take(RawMessage invite) {
        answer(invite, 180, "Ringing");
        answer(invite, 200, "OK", sdp());
        return phone.awaitRequest("ACK");
    }
}
