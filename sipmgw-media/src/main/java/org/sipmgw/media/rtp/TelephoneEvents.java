package org.sipmgw.media.rtp;

/**
 * Keys from telephone-event packets (RFC 4733 section 2). One key is many packets with the same timestamp, the last one
 * three times; it is reported once, with the first that arrives, whichever of them are lost. A key held so long that its
 * duration does not fit 16 bits goes on under another timestamp (section 2.5.1.3) and stays one key. The clock rate does
 * not matter. Not thread-safe; allocates nothing.
 */
public final class TelephoneEvents {
    private static final String KEYS = "0123456789*#ABCD";
    private static final int REMEMBERED = 8;
    private static final int LONGEST = 0x1_0000;
    private static final int NEARLY_LONGEST = 0xF000;

    private final int[] timestamps = new int[REMEMBERED];
    private int remembered;
    private int next;
    private int ssrc;
    private int sequence;
    private int timestamp;
    private int event;
    private boolean ended;

    /** The key that this packet begins; 0 for none. */
    public char key(Packet packet) {
        if (packet.payloadLength() < 4) {
            return 0;
        }
        int at = packet.payloadOffset();
        int newEvent = packet.buffer()[at] & 0xFF;
        boolean end = packet.buffer()[at + 1] < 0;
        if (remembered == 0 || packet.ssrc() != ssrc) {
            remembered = 0;
            ssrc = packet.ssrc();
            sequence = packet.sequence() - 1;
        }
        boolean newer = (short) (packet.sequence() - sequence) > 0;
        if (known(packet.timestamp()) && !again(packet, newer, end)) {
            if (packet.timestamp() == timestamp) {
                ended |= end;
                sequence = newer ? packet.sequence() : sequence;
            }
            return 0;
        }
        boolean continues = newer && continues(packet, newEvent);
        remember(packet.timestamp());
        if (newer) {
            sequence = packet.sequence();
            timestamp = packet.timestamp();
            event = newEvent;
            ended = end;
        }
        return !continues && newEvent < KEYS.length() ? KEYS.charAt(newEvent) : 0;
    }

    /** Some senders stop their clock while they send no sound: then only the marker tells the next key. */
    private boolean again(Packet packet, boolean newer, boolean end) {
        return newer && packet.timestamp() == timestamp && packet.marker() && ended && !end;
    }

    private boolean continues(Packet packet, int newEvent) {
        int step = packet.timestamp() - timestamp;
        return remembered > 0
                && newEvent == event
                && !ended
                && !packet.marker()
                && step >= NEARLY_LONGEST
                && step <= LONGEST;
    }

    private boolean known(int value) {
        for (int i = 0; i < remembered; i++) {
            if (timestamps[i] == value) {
                return true;
            }
        }
        return false;
    }

    private void remember(int value) {
        timestamps[next] = value;
        next = (next + 1) % REMEMBERED;
        remembered = Math.min(REMEMBERED, remembered + 1);
    }
}
