package org.sipmgw.media.rtp;

/** The gateway's one clock for sound and picture: {@link System#nanoTime()} and the NTP time that it stands for. */
public final class CommonClock {
    private static final long NTP_EPOCH_SECONDS = 2_208_988_800L;
    private static final long NS_PER_SECOND = 1_000_000_000L;

    private final long originNs;
    private final long originEpochMs;

    /** A clock that ties {@code epochMs} to {@code nowNs} for good: a step of the system's time does not move it. */
    public CommonClock(long nowNs, long epochMs) {
        originNs = nowNs;
        originEpochMs = epochMs;
    }

    /** NTP time, 32 bits of seconds and 32 of fraction (RFC 3550 section 4). */
    public long ntp(long nowNs) {
        long sinceNs = nowNs - originNs + originEpochMs % 1000 * 1_000_000;
        long seconds = originEpochMs / 1000 + Math.floorDiv(sinceNs, NS_PER_SECOND) + NTP_EPOCH_SECONDS;
        long fraction = (Math.floorMod(sinceNs, NS_PER_SECOND) << 32) / NS_PER_SECOND;
        return (seconds << 32) | fraction;
    }

    /** Nanoseconds of an NTP time, for differences. */
    public static long ntpNs(long ntp) {
        return (ntp >>> 32) * NS_PER_SECOND + (((ntp & 0xFFFF_FFFFL) * NS_PER_SECOND) >>> 32);
    }
}
