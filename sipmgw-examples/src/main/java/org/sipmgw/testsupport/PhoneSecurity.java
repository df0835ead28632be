package org.sipmgw.testsupport;

import java.util.List;

/** How the keys of one media line of a {@link VirtualPhone} are agreed on. Thread-safe. */
interface PhoneSecurity extends AutoCloseable {

    /** The attributes of an offer, without {@code a=}. */
    List<String> attributes();

    /**
     * Reads the attributes of the answer; what is in force already goes on with its counters.
     *
     * @throws IllegalStateException when the answer agrees to nothing that was offered
     */
    void answered(List<String> attributes);

    /** The next offer asks for other keys; they are used when both sides have them. */
    void renew();

    /** Whether reports have the port of RTP (RFC 5761). */
    boolean onePort();

    /** What protects and opens packets. */
    PhoneSrtp srtp();

    /** Takes a datagram that belongs to a handshake; false: it is none. */
    boolean handshake(byte[] buffer, int length);

    @Override
    void close();
}
