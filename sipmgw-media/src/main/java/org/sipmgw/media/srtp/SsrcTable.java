package org.sipmgw.media.srtp;

import org.jspecify.annotations.Nullable;

/** A few values by SSRC, looked up without boxing; what is asked for often stands before what is not. */
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
                T found = (T) values[i];
                if (i > 0) {
                    forward(i);
                }
                return found;
            }
        }
        return null;
    }

    private void forward(int index) {
        int ssrc = ssrcs[index];
        Object value = values[index];
        ssrcs[index] = ssrcs[index - 1];
        values[index] = values[index - 1];
        ssrcs[index - 1] = ssrc;
        values[index - 1] = value;
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

    /** Where there is no room, what is asked for least makes some. */
    void putByForce(int ssrc, T value) {
        if (size == ssrcs.length) {
            size--;
        }
        put(ssrc, value);
    }
}
