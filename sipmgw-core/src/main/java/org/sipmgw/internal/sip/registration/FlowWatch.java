package org.sipmgw.internal.sip.registration;

import java.time.Duration;
import java.time.Instant;
import org.sipmgw.internal.sip.SipAnswer;
import org.sipmgw.internal.sip.SipBinding;
import org.sipmgw.internal.sip.SipHop;
import org.sipmgw.internal.sip.SipPlace;

/** Keeps the way of a registered flow open, and notices when its connection closes. Sans-IO; not thread-safe. */
final class FlowWatch {
    private static final Duration UDP_KEEP_ALIVE = Duration.ofSeconds(29);
    private static final Duration TCP_KEEP_ALIVE = Duration.ofMinutes(2);
    private static final Duration CONNECTION_CHECK = Duration.ofSeconds(1);
    private static final Duration SHORT_CONNECTION = Duration.ofSeconds(10);

    private final FlowPort port;
    private final Pauses pauses;
    private final FlowPing ping = new FlowPing();
    private Instant registeredAt = Instant.MIN;
    private Instant keepAliveAt = Instant.MAX;
    private Instant checkAt = Instant.MAX;
    private Duration keepAlive = TCP_KEEP_ALIVE;
    private int shortConnections;

    FlowWatch(FlowPort port, Pauses pauses) {
        this.port = port;
        this.pauses = pauses;
    }

    /** From now on there is a way to be kept open. */
    void begin(SipHop hop, SipAnswer answer, Instant now) {
        boolean datagrams = hop.protocol() == SipBinding.Protocol.UDP;
        keepAlive = answer.seconds("Flow-Timer")
                .map(Duration::ofSeconds)
                .orElse(datagrams ? UDP_KEEP_ALIVE : TCP_KEEP_ALIVE);
        keepAliveAt = now.plus(pauses.beforeKeepAlive(keepAlive));
        checkAt = datagrams || shortConnections > 1 ? Instant.MAX : now.plus(CONNECTION_CHECK);
        registeredAt = now;
        ping.begin();
    }

    /** The server has answered a STUN request. */
    void answered(SipPlace place) {
        ping.answered(place);
    }

    /** There is no way any more. */
    void end() {
        keepAliveAt = Instant.MAX;
        checkAt = Instant.MAX;
    }

    /** Does what is due; false when the connection has closed, or the server has lost the flow. */
    boolean stands(Flow flow, SipHop hop, Instant now) {
        if (ping.due(now)) {
            port.ping(flow, hop);
        }
        if (ping.lost()) {
            return false;
        }
        if (!now.isBefore(checkAt)) {
            checkAt = now.plus(CONNECTION_CHECK);
            if (!port.connected(hop)) {
                // a registrar that closes after each answer reaches us by our Contact: no reason to register for ever
                shortConnections = now.isBefore(registeredAt.plus(SHORT_CONNECTION)) ? shortConnections + 1 : 0;
                return false;
            }
        }
        if (!now.isBefore(keepAliveAt)) {
            keepAliveAt = now.plus(pauses.beforeKeepAlive(keepAlive));
            if (hop.protocol() == SipBinding.Protocol.UDP && ping.worthwhile()) {
                if (!ping.open()) {
                    ping.sent(now);
                    port.ping(flow, hop);
                }
            } else {
                port.keepAlive(hop);
            }
        }
        return true;
    }
}
