package org.sipmgw.media.rate;

/**
 * Takes what the other side tells of the arrival of each packet (transport-wide feedback), in the order of their numbers.
 * Not thread-safe.
 */
public interface ArrivalFeedback {

    /**
     * A packet has come.
     *
     * @param sentNs when it was sent, {@link System#nanoTime()}
     * @param arrivedNs when it came, by a clock of the other side
     * @param bytes its length
     */
    void arrived(long sentNs, long arrivedNs, int bytes);

    /** A packet has not come. */
    void missing();

    /**
     * That was one message.
     *
     * @param roundTripNs measured or assumed
     */
    void end(long roundTripNs, long nowNs);
}
