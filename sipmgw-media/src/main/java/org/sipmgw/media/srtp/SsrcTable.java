package org.sipmgw.media.srtp;

import org.jspecify.annotations.Nullable;

/** A few values by SSRC, looked up without boxing. */
final class SsrcTable<T> {
    private final int[] ssrcs;
    private final Object[] values;
    private int size;

    SsrcTable(int capacity) {
        ssrcs = new int[capacity];
        values = new Object[capacity];
    }

    @SuppressWarnings("unchecked")
    @Nullable
    T get(int ssrc) {
        for (int i = 0; i < size; i++) {
            if (ssrcs[i] == ssrc) {
                return (T) values[i];
            }
        }
        return null;
    }

    /** Whether there was room. */
    boolean put(int ssrc, T value) {
        if (size == ssrcs.length) {
            return false;
        }
        ssrcs[size] = ssrc;
        values[size++] = value;
        return true;
    }
}
