package org.sipmgw.browser;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.sipmgw.process.RuntimeDirectory;
import org.sipmgw.spi.DisplayPort;
import org.sipmgw.spi.PageDevices;
import org.sipmgw.spi.SpeakerPort;

/** What {@link BrowserJoinerBuilder} collected and checked. */
record BrowserConfig(
        RuntimeDirectory runtime,
        DisplayPort.Provider displays,
        SpeakerPort.Provider speakers,
        PageDevices.Provider devices,
        List<ConferencePage> pages,
        AllowedHosts hosts,
        int warm,
        Size size,
        Programs programs,
        Duration pollInterval,
        int patience,
        Optional<Path> evidence) {

    /** Of the display and the page, in pixels. */
    record Size(int width, int height) {}

    /** Paths of the two programs. */
    record Programs(String chromium, String chromedriver) {}
}
