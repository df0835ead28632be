package org.sipmgw.media.stun;

import java.net.InetSocketAddress;

/** One of our bases and one address of the other side, and how checks between them go (RFC 8445 section 6.1.2.6). */
final class IcePair {
    /** Sends of one check; the last wait is one of them too. */
    private static final int SENDS = 7;

    private static final long FIRST_RTO_NS = 300_000_000L;
    private static final long LONGEST_RTO_NS = 1_600_000_000L;

    final int component;
    final boolean relayed;
    final InetSocketAddress remote;
    final long localPriority;
    final long remotePriority;
    State state = State.WAITING;
    /** Of the check under way. */
    byte[] transactionId = {};
    /** The check under way nominates. */
    boolean nominating;
    /** The other side has nominated. */
    boolean nominated;

    private int sends;
    private long rtoNs;
    private long dueNs;

    enum State {
        WAITING,
        IN_PROGRESS,
        SUCCEEDED,
        FAILED
    }

    IcePair(int component, boolean relayed, InetSocketAddress remote, long localPriority, long remotePriority) {
        this.component = component;
        this.relayed = relayed;
        this.remote = remote;
        this.localPriority = localPriority;
        this.remotePriority = remotePriority;
    }

    boolean is(int itsComponent, boolean itIsRelayed, InetSocketAddress address) {
        return component == itsComponent && relayed == itIsRelayed && remote.equals(address);
    }

    long priority(boolean controlling) {
        long g = controlling ? localPriority : remotePriority;
        long d = controlling ? remotePriority : localPriority;
        return (Math.min(g, d) << 32) + 2 * Math.max(g, d) + (g > d ? 1 : 0);
    }

    boolean pending() {
        return state == State.WAITING || state == State.IN_PROGRESS;
    }

    /** A new check has begun. */
    void begun(byte[] id, boolean nominates, long nowNs) {
        transactionId = id;
        nominating = nominates;
        sends = 1;
        rtoNs = FIRST_RTO_NS;
        dueNs = nowNs + rtoNs;
        if (state != State.SUCCEEDED) {
            state = State.IN_PROGRESS;
        }
    }

    /** Whether the check under way is to be sent again. */
    boolean due(long nowNs) {
        return transactionId.length > 0 && nowNs - dueNs >= 0;
    }

    /** Sent once more; false when it was the last time. */
    boolean again(long nowNs) {
        sends++;
        rtoNs = Math.min(rtoNs * 2, LONGEST_RTO_NS);
        dueNs = nowNs + rtoNs;
        return sends <= SENDS;
    }

    void answered(boolean success) {
        transactionId = new byte[0];
        state = success ? State.SUCCEEDED : State.FAILED;
    }
}
