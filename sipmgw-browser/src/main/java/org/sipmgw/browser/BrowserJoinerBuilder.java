package org.sipmgw.browser;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.sipmgw.process.Programs;
import org.sipmgw.process.RuntimeDirectory;
import org.sipmgw.spi.ConfigException;
import org.sipmgw.spi.DisplayPort;
import org.sipmgw.spi.PageDevices;
import org.sipmgw.spi.SpeakerPort;

/** Collects what a {@link BrowserJoiner} needs; everything is checked in {@link #build()}. Not thread-safe. */
public final class BrowserJoinerBuilder {
    private static final int MAX_WARM = 100;
    private static final int MAX_PATIENCE = 50;

    private final RuntimeDirectory runtime;
    private DisplayPort.@Nullable Provider displays;
    private SpeakerPort.@Nullable Provider speakers;
    private PageDevices.Provider devices = (width, height) -> Optional.empty();
    private List<ConferencePage> pages = List.of();
    private List<String> allowedHosts = List.of();
    private int warm = 1;
    private int width = 1280;
    private int height = 720;
    // the program itself rather than Debian's wrapper around it, which adds extensions and API keys
    private String chromium = first("/usr/lib/chromium/chromium", "/usr/bin/chromium", "/usr/bin/google-chrome");
    private String chromedriver = first("/usr/bin/chromedriver", "/usr/lib/chromium/chromedriver");
    private Duration pollInterval = Duration.ofMillis(25);
    private int patience = 1;
    private @Nullable Path evidence;

    BrowserJoinerBuilder(RuntimeDirectory runtime) {
        this.runtime = Objects.requireNonNull(runtime);
    }

    /** Where displays come from; required. */
    public BrowserJoinerBuilder displays(DisplayPort.Provider provider) {
        this.displays = provider;
        return this;
    }

    /** Where audio sinks come from; required. */
    public BrowserJoinerBuilder speakers(SpeakerPort.Provider provider) {
        this.speakers = provider;
        return this;
    }

    /**
     * Devices of the kernel that browsers take for camera and microphone, where it gives any; none where not given: pages have a
     * {@link org.sipmgw.spi.PagePeer}.
     */
    public BrowserJoinerBuilder devices(PageDevices.Provider provider) {
        this.devices = Objects.requireNonNull(provider);
        return this;
    }

    /** The conference products, asked in this order; at least one. */
    public BrowserJoinerBuilder pages(List<ConferencePage> products) {
        this.pages = List.copyOf(products);
        return this;
    }

    /**
     * The only hosts a browser may be sent to: {@code host}, {@code host:port} or {@code *.suffix}, at least one. Pages come
     * by https; by http only from loopback hosts that stand here.
     */
    public BrowserJoinerBuilder allowedHosts(List<String> entries) {
        this.allowedHosts = List.copyOf(entries);
        return this;
    }

    /** How many browsers stand ready for the next calls, 0 to 100; 1 where not given. */
    public BrowserJoinerBuilder warm(int browsers) {
        this.warm = browsers;
        return this;
    }

    /** Pixels of the display and of the page, even numbers; 1280 by 720 where not given. */
    public BrowserJoinerBuilder displaySize(int widthPixels, int heightPixels) {
        this.width = widthPixels;
        this.height = heightPixels;
        return this;
    }

    /** Path of the browser; Debian's Chromium where not given. */
    public BrowserJoinerBuilder chromium(String path) {
        this.chromium = path;
        return this;
    }

    /** Path of the driver of the same version; Debian's where not given. */
    public BrowserJoinerBuilder chromedriver(String path) {
        this.chromedriver = path;
        return this;
    }

    /** How often the page is looked at while it is being joined, 20 ms to 5 s; 25 ms where not given. */
    public BrowserJoinerBuilder pollInterval(Duration interval) {
        this.pollInterval = interval;
        return this;
    }

    /** How many times longer than on a usual machine a browser may take to start and to answer, 1 to 50; 1 where not given. */
    public BrowserJoinerBuilder patience(int factor) {
        this.patience = factor;
        return this;
    }

    /**
     * Where a picture and the document of a page that could not be joined are kept, for people to look at; nowhere where
     * not given. Form values, scripts and queries of addresses are left out.
     */
    public BrowserJoinerBuilder evidence(Path directory) {
        this.evidence = directory;
        return this;
    }

    /**
     * Starts the joiner; it begins at once to warm browsers.
     *
     * @throws ConfigException when something is missing or not possible
     */
    public BrowserJoiner build() {
        if (pages.isEmpty()) {
            throw new ConfigException("pages", "", "at least one conference product");
        }
        if (allowedHosts.isEmpty()) {
            throw new ConfigException("allowedHosts", "", "at least one host");
        }
        within("warm", warm, 0, MAX_WARM);
        within("displayWidth", width, 160, 3840);
        within("displayHeight", height, 90, 2160);
        if (width % 2 != 0 || height % 2 != 0) {
            throw new ConfigException("displaySize", width + "x" + height, "even numbers");
        }
        within("patience", patience, 1, MAX_PATIENCE);
        within("pollIntervalMs", pollInterval.toMillis(), 20, 5000);
        if (evidence != null && !evidence.isAbsolute()) {
            throw new ConfigException("evidence", evidence, "an absolute path");
        }
        return new BrowserJoiner(new BrowserConfig(
                runtime,
                required("displays", displays),
                required("speakers", speakers),
                devices,
                pages,
                AllowedHosts.of(allowedHosts),
                warm,
                new BrowserConfig.Size(width, height),
                new BrowserConfig.Programs(program("chromium", chromium), program("chromedriver", chromedriver)),
                // a slow browser is not made slower by being asked
                pollInterval.multipliedBy(patience),
                patience,
                Optional.ofNullable(evidence)));
    }

    private static <T> T required(String key, @Nullable T value) {
        if (value == null) {
            throw new ConfigException(key, "", "it must be given");
        }
        return value;
    }

    private static void within(String key, long value, long min, long max) {
        if (value < min || value > max) {
            throw new ConfigException(key, value, min + " to " + max);
        }
    }

    private static String program(String key, String path) {
        if (!path.startsWith("/") || Programs.find(path).isEmpty()) {
            throw new ConfigException(
                    key, path, "the absolute path of a program (Debian: apt-get install chromium chromium-driver)");
        }
        return path;
    }

    private static String first(String... paths) {
        return Stream.of(paths)
                .filter(path -> Programs.find(path).isPresent())
                .findFirst()
                .orElse(paths[0]);
    }
}
