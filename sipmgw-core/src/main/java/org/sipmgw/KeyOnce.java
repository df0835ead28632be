package org.sipmgw;

/**
 * Some room systems send each key twice, as a telephone event and by INFO: the second one within half a second, by another
 * way, is the same press. On the call's loop.
 */
final class KeyOnce {
    private static final long SAME_PRESS_NS = 500_000_000L;

    private char last;
    private Way way = Way.MEDIA;
    private long lastNs;

    /** How a key came. */
    enum Way {
        /** As a telephone event or a tone. */
        MEDIA,
        INFO
    }

    /** Whether the key is a new press. */
    boolean isNew(char key, Way by, long nowNs) {
        if (key == last && by != way && nowNs - lastNs < SAME_PRESS_NS) {
            last = 0; // the pair is complete
            return false;
        }
        last = key;
        way = by;
        lastNs = nowNs;
        return true;
    }
}
