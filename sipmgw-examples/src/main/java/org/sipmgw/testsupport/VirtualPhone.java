package org.sipmgw.testsupport;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A room system for tests: calls over SIP and UDP from 127.0.0.1, plays prepared sound and picture at no cost, and
 * records what comes. Thread-safe. Closing hangs up all calls.
 */
public final class VirtualPhone implements AutoCloseable {

    private final SipSocket socket;
    private final Map<String, VirtualCall> calls = new ConcurrentHashMap<>();
    private final String name;

    private VirtualPhone(String name) throws IOException {
        this.name = name;
        this.socket = new SipSocket(name, this::request);
    }

    /** Switches one on; {@code name} is what it calls itself. */
    public static VirtualPhone open(String name) throws IOException {
        return new VirtualPhone(name);
    }

    /**
     * Calls and waits until the call is answered.
     *
     * @param uri for example {@code sip:42@127.0.0.1:5060}
     * @throws IOException when it is refused or not answered, naming the response
     */
    public VirtualCall call(String uri, PhoneMedia media) throws IOException {
        VirtualCall call = invite(uri, media, true);
        call.awaitAnswer();
        return call;
    }

    /** Calls without waiting; {@code withOffer} tells whether INVITE or only ACK carries a description. */
    public VirtualCall invite(String uri, PhoneMedia media, boolean withOffer) throws IOException {
        return invite(uri, media, withOffer, Optional.empty());
    }

    /** Calls with a network between its media and the gateway's; waits until the call is answered. */
    public VirtualCall call(String uri, PhoneMedia media, LossyRelay network) throws IOException {
        VirtualCall call = invite(uri, media, true, Optional.of(network));
        call.awaitAnswer();
        return call;
    }

    private VirtualCall invite(String uri, PhoneMedia media, boolean withOffer, Optional<LossyRelay> network)
            throws IOException {
        VirtualCall call = new VirtualCall(socket, name, uri, media, withOffer, network);
        calls.put(call.callId(), call);
        call.start();
        return call;
    }

    @Override
    public void close() {
        calls.values().forEach(VirtualCall::close);
        socket.close();
    }

    private void request(SipMessage request, InetSocketAddress source) {
        VirtualCall call = calls.get(request.header("Call-ID").orElse(""));
        try {
            if (call != null) {
                call.request(request, source);
            } else if (!request.method().equals("ACK")) {
                socket.send(request.response(481, "Call/Transaction Does Not Exist", "none"), source);
            }
        } catch (IOException e) {
            System.getLogger(VirtualPhone.class.getName()).log(System.Logger.Level.DEBUG, "not answered", e);
        }
    }
}
