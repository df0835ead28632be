package org.sipmgw.internal.sip.registration;

import java.util.ArrayList;
import java.util.List;
import org.sipmgw.internal.sip.SipHop;
import org.sipmgw.internal.sip.SipPlace;
import org.sipmgw.internal.sip.SipRequestText;

/** Remembers what a flow wants done. */
final class FakePort implements FlowPort {
    final List<SipRequestText> sent = new ArrayList<>();
    final List<SipHop> keptAlive = new ArrayList<>();
    final List<SipPlace> seen = new ArrayList<>();
    boolean learns = true;
    int pings;
    int located;
    int attempt;
    boolean connected = true;

    @Override
    public void locate(Flow flow) {
        located++;
    }

    @Override
    public void send(Flow flow, int number, SipRequestText request) {
        attempt = number;
        sent.add(request);
    }

    @Override
    public boolean connected(SipHop hop) {
        return connected;
    }

    @Override
    public void keepAlive(SipHop hop) {
        keptAlive.add(hop);
    }

    @Override
    public void ping(Flow flow, SipHop hop) {
        pings++;
    }

    @Override
    public boolean learnsContacts() {
        return learns;
    }

    @Override
    public void seen(SipHop by, SipPlace place) {
        seen.add(place);
    }

    @Override
    public void changed(Flow flow) {}

    SipRequestText last() {
        return sent.get(sent.size() - 1);
    }

    String header(String name) {
        return headers(name).stream().findFirst().orElse("");
    }

    List<String> headers(String name) {
        return last().headers().stream()
                .filter(line -> line.startsWith(name + ": "))
                .map(line -> line.substring(name.length() + 2))
                .toList();
    }
}
