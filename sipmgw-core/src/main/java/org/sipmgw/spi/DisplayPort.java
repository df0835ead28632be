package org.sipmgw.spi;

import java.util.Map;
import java.util.concurrent.CompletionStage;

/** A virtual X display of one browser. Closing ends it and everything shown on it; closing twice is allowed. */
public interface DisplayPort extends AutoCloseable {

    /** The X display name, for example {@code :7}. */
    String name();

    /** Pixels. */
    int width();

    /** Pixels. */
    int height();

    /** What a process needs in its environment to show on this display ({@code DISPLAY}, {@code XAUTHORITY}). */
    Map<String, String> environment();

    /** Process id of the display's server, for accounting. */
    long pid();

    /** Completes when the display has ended, by {@link #close()} or by itself. */
    CompletionStage<Void> ended();

    @Override
    void close();

    /** Opens displays. Thread-safe; {@link #open} blocks up to a few seconds. */
    interface Provider {
        /**
         * Opens a display of the given size, 24 bits deep.
         *
         * @throws DeviceException when it cannot be started
         */
        DisplayPort open(int width, int height);
    }
}
