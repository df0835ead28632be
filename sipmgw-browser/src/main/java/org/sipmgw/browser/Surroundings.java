package org.sipmgw.browser;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import org.sipmgw.spi.DeviceException;
import org.sipmgw.spi.DisplayPort;
import org.sipmgw.spi.PageDevices;
import org.sipmgw.spi.SpeakerPort;

/** What one browser has around it. Closing ends all of it. */
record Surroundings(DisplayPort display, SpeakerPort speaker, Optional<PageDevices> devices) implements AutoCloseable {

    /**
     * Opens everything.
     *
     * @throws DeviceException when a part cannot be opened; then nothing is left
     */
    static Surroundings open(BrowserConfig config) {
        BrowserConfig.Size size = config.size();
        Deque<AutoCloseable> opened = new ArrayDeque<>();
        try {
            Optional<PageDevices> devices = config.devices().open(size.width(), size.height());
            devices.ifPresent(opened::push);
            DisplayPort display = config.displays().open(size.width(), size.height());
            opened.push(display);
            SpeakerPort speaker = devices.map(PageDevices::microphone)
                    .map(config.speakers()::open)
                    .orElseGet(config.speakers()::open);
            return new Surroundings(display, speaker, devices);
        } catch (RuntimeException e) {
            opened.forEach(part -> closeAfter(part, e));
            throw e;
        }
    }

    private static void closeAfter(AutoCloseable part, RuntimeException failure) {
        try {
            part.close();
        } catch (Exception e) {
            failure.addSuppressed(e);
        }
    }

    /** What a browser needs in its environment to use it. */
    Map<String, String> environment() {
        Map<String, String> all = new HashMap<>(display.environment());
        all.putAll(speaker.environment());
        return all;
    }

    @Override
    public void close() {
        // what one part throws at its end does not keep the others
        try (display;
                speaker) {
            devices.ifPresent(PageDevices::close);
        }
    }
}
