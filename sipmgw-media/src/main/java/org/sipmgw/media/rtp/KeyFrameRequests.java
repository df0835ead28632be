package org.sipmgw.media.rtp;

/**
 * When to ask a sender for a key frame: at once, but at most once a second; again every 500 ms while none comes, every
 * two seconds after a while. Not thread-safe.
 */
public final class KeyFrameRequests {
    private static final long SPACING_NS = 1_000_000_000L;
    private static final long REPEAT_NS = 500_000_000L;
    private static final long PATIENT_REPEAT_NS = 2_000_000_000L;
    private static final int PATIENT_AFTER = 10;

    private boolean wanted;
    private int asked;
    private boolean everAsked;
    private long lastAskNs;
    private int commands = -1;

    /** What to do now. */
    public enum Step {
        NOTHING,
        /** Ask: a new request. */
        ASK,
        /** Ask again: the same request, RFC 5104 section 4.3.1.2 keeps its sequence number. */
        REPEAT
    }

    /** Somebody needs a key frame. */
    public void want() {
        wanted = true;
    }

    /** A key frame has come. */
    public void arrived() {
        wanted = false;
        asked = 0;
    }

    /** Whether a key frame is waited for. */
    public boolean waiting() {
        return wanted;
    }

    /** To be called after {@link #want} and now and then. */
    public Step poll(long nowNs) {
        if (!wanted) {
            return Step.NOTHING;
        }
        long sinceNs = nowNs - lastAskNs;
        if (asked == 0) {
            if (everAsked && sinceNs < SPACING_NS) {
                return Step.NOTHING;
            }
            everAsked = true;
            commands++;
            return ask(nowNs, Step.ASK);
        }
        return sinceNs < (asked < PATIENT_AFTER ? REPEAT_NS : PATIENT_REPEAT_NS)
                ? Step.NOTHING
                : ask(nowNs, Step.REPEAT);
    }

    private Step ask(long nowNs, Step step) {
        lastAskNs = nowNs;
        asked++;
        return step;
    }

    /** Command sequence number of the newest request, 8 bits. */
    public int commandSequence() {
        return commands & 0xFF;
    }
}
