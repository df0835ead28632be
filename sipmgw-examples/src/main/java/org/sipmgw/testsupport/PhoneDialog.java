package org.sipmgw.testsupport;

import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ThreadLocalRandom;

/** Makes the requests of one dialog of a {@link VirtualPhone} (RFC 3261 section 12). */
final class PhoneDialog {

    private final String name;
    private final String uri;
    private final String authority;
    private final String callId = token() + "@127.0.0.1";
    private final String localTag = token();
    private volatile String remoteTo;
    private volatile String target;
    private volatile List<String> routes = List.of();
    private int sequence;

    PhoneDialog(String name, String uri, String authority) {
        this.name = name;
        this.uri = uri;
        this.authority = authority;
        this.remoteTo = "<" + uri + ">";
        this.target = uri;
    }

    String callId() {
        return callId;
    }

    String localTag() {
        return localTag;
    }

    String contact() {
        return "<sip:room@" + authority + ">";
    }

    /** The other side's tag and contact, and the proxies that want to stay, from a response to INVITE. */
    void learn(SipMessage response) {
        List<String> recorded = new ArrayList<>();
        response.headers("Record-Route").forEach(value -> recorded.addAll(List.of(value.split(",(?=\\s*<)"))));
        Collections.reverse(recorded);
        routes = List.copyOf(recorded);
        response.header("To").ifPresent(to -> remoteTo = to);
        response.header("Contact").ifPresent(contact -> {
            int from = contact.indexOf('<');
            target = from < 0 ? contact.split(";")[0] : contact.substring(from + 1, contact.indexOf('>'));
        });
    }

    synchronized SipMessage request(String method) {
        return message(method, ++sequence, branch());
    }

    /** ACK or CANCEL: the number of the INVITE it belongs to. */
    SipMessage belonging(String method, SipMessage invite) {
        int number = Integer.parseInt(invite.header("CSeq").orElse("1 INVITE").split(" ")[0]);
        return message(method, number, branch());
    }

    /** The same branch and URI as the INVITE: CANCEL, and ACK of a refusal. */
    SipMessage sameTransaction(String method, SipMessage invite, String to) {
        SipMessage message = new SipMessage(method + " " + uri + " SIP/2.0");
        return message.with("Via", invite.header("Via").orElse(""))
                .with("Max-Forwards", "70")
                .with("From", invite.header("From").orElse(""))
                .with("To", to)
                .with("Call-ID", callId)
                .with("CSeq", invite.header("CSeq").orElse("").split(" ")[0] + " " + method);
    }

    private SipMessage message(String method, int number, String branch) {
        SipMessage message = new SipMessage(method + " " + target + " SIP/2.0");
        routes.forEach(route -> message.with("Route", route.strip()));
        return message.with("Via", "SIP/2.0/UDP " + authority + ";rport;branch=" + branch)
                .with("Max-Forwards", "70")
                .with(
                        "From",
                        "\"" + name + "\" <sip:" + name.replaceAll("\\W", "") + "@" + authority + ">;tag=" + localTag)
                .with("To", remoteTo)
                .with("Call-ID", callId)
                .with("CSeq", number + " " + method)
                .with("Contact", contact())
                .with("User-Agent", "sipmgw-virtual-phone")
                .with("Allow", "INVITE, ACK, BYE, CANCEL, OPTIONS, INFO, UPDATE");
    }

    static InetSocketAddress address(String sipUri) {
        String host =
                sipUri.replaceFirst("^sips?:", "").replaceFirst("^[^@]*@", "").split("[;?>]")[0];
        int colon = host.lastIndexOf(':');
        return colon < 0
                ? new InetSocketAddress(host, 5060)
                : new InetSocketAddress(host.substring(0, colon), Integer.parseInt(host.substring(colon + 1)));
    }

    InetSocketAddress remote() {
        return address(routes.isEmpty() ? target : routes.get(0).replaceAll("^[^<]*<|>.*$", ""));
    }

    private static String branch() {
        return "z9hG4bK" + token();
    }

    private static String token() {
        return Long.toHexString(ThreadLocalRandom.current().nextLong());
    }
}
