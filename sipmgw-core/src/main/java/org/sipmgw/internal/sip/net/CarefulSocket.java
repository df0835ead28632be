package org.sipmgw.internal.sip.net;

import java.io.IOException;
import java.io.InputStream;

/** A TCP socket whose peer cannot end the stack's reading thread. */
public final class CarefulSocket extends WatchedSocket implements ReadSocket {
    private final Reading reading = new Reading();

    /** Not connected yet. */
    public CarefulSocket(SocketWatch watch) {
        super(watch);
    }

    @Override
    public Reading reading() {
        return reading;
    }

    @Override
    public InputStream getInputStream() throws IOException {
        return reading.of(super.getInputStream());
    }
}
