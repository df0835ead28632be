package org.sipmgw.browser;

import java.net.NetworkInterface;
import java.net.SocketException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.openqa.selenium.PageLoadStrategy;
import org.openqa.selenium.UnexpectedAlertBehaviour;
import org.openqa.selenium.chrome.ChromeOptions;

/** How Chromium is started: the sandbox stays on, and it has only the rights a conference page needs. */
final class ChromiumFlags {
    private static final int BLOCK = 2;
    private static final int BLOCK_DOWNLOADS = 3;

    /** One list: a second {@code --disable-features} would override the first. */
    private static final String DISABLED_FEATURES = String.join(
            ",",
            // with names instead of addresses in its candidates, the gateway could not reach the page
            "WebRtcHideLocalIpsWithMdns",
            "AutofillServerCommunication",
            "CertificateTransparencyComponentUpdater",
            "DialMediaRouteProvider",
            "GlobalMediaControls",
            "MediaRouter",
            "OptimizationHints",
            "Translate");

    private static final List<String> FLAGS = List.of(
            "--kiosk",
            "--window-position=0,0",
            "--hide-scrollbars",
            "--autoplay-policy=no-user-gesture-required",
            // nobody looks at this window, yet it is what the room sees
            "--disable-background-timer-throttling",
            "--disable-backgrounding-occluded-windows",
            "--disable-renderer-backgrounding",
            // loopback needs no QUIC, and a first run no questions
            "--disable-quic",
            "--no-first-run",
            "--no-default-browser-check",
            "--password-store=basic",
            // it talks to the conference and to nobody else
            "--disable-background-networking",
            "--disable-breakpad",
            "--disable-client-side-phishing-detection",
            "--disable-component-update",
            "--disable-default-apps",
            "--disable-domain-reliability",
            "--disable-extensions",
            "--disable-search-engine-choice-screen",
            "--disable-sync",
            "--metrics-recording-only",
            "--no-pings",
            "--disable-features=" + DISABLED_FEATURES);

    private ChromiumFlags() {}

    static ChromeOptions options(BrowserConfig config, Path profile) {
        ChromeOptions options = new ChromeOptions();
        options.setBinary(config.programs().chromium());
        options.addArguments(arguments(config.size(), profile, onlyLoopback()));
        options.setExperimentalOption("prefs", preferences());
        options.setExperimentalOption("excludeSwitches", List.of("enable-automation")); // no bar over the picture
        options.setPageLoadStrategy(PageLoadStrategy.NONE);
        options.setUnhandledPromptBehaviour(UnexpectedAlertBehaviour.DISMISS);
        options.enableBiDi();
        return options;
    }

    static List<String> arguments(BrowserConfig.Size size, Path profile, boolean onlyLoopback) {
        List<String> all = new ArrayList<>(FLAGS);
        all.add("--user-data-dir=" + profile);
        // Chromium makes a window of exactly the screen's size one pixel smaller each way; the viewport is set
        // afterwards
        all.add("--window-size=" + size.width() + "," + (size.height() + 1));
        if (onlyLoopback) {
            all.add("--allow-loopback-in-peer-connection");
        }
        return all;
    }

    /** Camera and microphone are allowed to the conference's own origin when it is joined, see {@link Chromium#permit}. */
    static Map<String, Object> preferences() {
        String setting = "profile.default_content_setting_values.";
        Map<String, Object> preferences = new HashMap<>();
        for (String right : List.of(
                "automatic_downloads",
                "bluetooth_guard",
                "clipboard",
                "file_system_read_guard",
                "file_system_write_guard",
                "geolocation",
                "hid_guard",
                "midi_sysex",
                "notifications",
                "popups",
                "serial_guard",
                "usb_guard")) {
            preferences.put(setting + right, BLOCK);
        }
        preferences.put("download_restrictions", BLOCK_DOWNLOADS);
        preferences.put("credentials_enable_service", false);
        preferences.put("profile.password_manager_enabled", false);
        preferences.put("safebrowsing.enabled", false);
        preferences.put("search.suggest_enabled", false);
        preferences.put("translate.enabled", false);
        return preferences;
    }

    /** Whether this host has no other network: only then does Chromium have to be told to use loopback for media. */
    private static boolean onlyLoopback() {
        try {
            return NetworkInterface.networkInterfaces().noneMatch(ChromiumFlags::usable);
        } catch (SocketException e) {
            return true;
        }
    }

    private static boolean usable(NetworkInterface network) {
        try {
            return network.isUp()
                    && !network.isLoopback()
                    && network.inetAddresses().anyMatch(address -> !address.isLinkLocalAddress());
        } catch (SocketException e) {
            return false;
        }
    }
}
