package org.sipmgw.media.srtp;

/** The roll-over counter of what is sent under one SSRC (RFC 3711 section 3.3.1). */
final class SendCounter {
    private boolean started;
    private int highest;
    private int rollOver;

    /** The counter of a sequence number; late packets may have the one before. */
    int rollOver(int sequence) {
        if (!started) {
            started = true;
            highest = sequence;
        }
        int delta = (short) (sequence - highest);
        if (delta <= 0) {
            return sequence > highest ? rollOver - 1 : rollOver;
        }
        if (sequence < highest) {
            rollOver++;
        }
        highest = sequence;
        return rollOver;
    }
}
