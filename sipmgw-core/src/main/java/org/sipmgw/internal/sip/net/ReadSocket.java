package org.sipmgw.internal.sip.net;

import java.io.Closeable;

/** A socket that knows whether anybody reads from it. */
public interface ReadSocket extends Closeable {
    /** Who reads. */
    Reading reading();

    /** As {@link java.net.Socket#isClosed}. */
    boolean isClosed();
}
