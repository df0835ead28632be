package org.sipmgw.testsupport;

import java.util.HashMap;
import java.util.Map;
import java.util.NavigableSet;
import java.util.OptionalLong;
import java.util.TreeSet;

/** When each frame number was sent; a loop sends the same number again. Thread-safe. */
public final class SentFrames {

    private final Map<Long, NavigableSet<Long>> times = new HashMap<>();

    /** Frame {@code frame} was sent at {@code nowNs}. */
    public synchronized void sent(long frame, long nowNs) {
        times.computeIfAbsent(frame, f -> new TreeSet<>()).add(nowNs);
    }

    /** The last time before {@code arrivalNs} that the frame was sent. */
    public synchronized OptionalLong before(long frame, long arrivalNs) {
        NavigableSet<Long> sent = times.get(frame);
        Long time = sent == null ? null : sent.floor(arrivalNs);
        return time == null ? OptionalLong.empty() : OptionalLong.of(time);
    }
}
