package org.sipmgw.examples;

import java.io.IOException;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.sipmgw.GatewayConfig;
import org.sipmgw.ListeningPoint;
import org.sipmgw.PublicSipAddress;
import org.sipmgw.SessionTimers;
import org.sipmgw.Transport;
import org.sipmgw.account.Account;
import org.sipmgw.admission.AdmissionRules;
import org.sipmgw.spi.ConfigException;
import org.sipmgw.spi.NatPolicy;
import org.sipmgw.tls.TlsSettings;
import org.sipmgw.tls.TlsSettings.ClientCertificates;
import org.snakeyaml.engine.v2.api.Load;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;

/**
 * The configuration file of {@code sipmgw run}; every key is described in docs/configuration.md.
 *
 * @param listen where SIP is taken
 * @param publicAddress where it is reached by SIP through a NAT
 * @param accounts where the gateway registers
 * @param warnings what the files of accounts and of baresip say that is not obeyed
 * @param tls certificates of SIP over TLS
 * @param admission who may call, and how often
 * @param page address of the conference page with {@code {room}}
 * @param defaultRoom the room of a call that names none
 * @param allowedHosts where browsers may go
 * @param gateway limits
 * @param sessionTimers how often sessions are refreshed
 * @param ports UDP ports for media
 * @param audioTos traffic class of sound
 * @param videoTos traffic class of pictures
 * @param inBandKeys whether keys are heard as tones
 * @param nat how media get through address translation
 * @param browser the browsers
 */
record LauncherConfig(
        List<ListeningPoint> listen,
        Optional<PublicSipAddress> publicAddress,
        List<Account> accounts,
        List<String> warnings,
        TlsSettings tls,
        AdmissionRules admission,
        String page,
        Optional<String> defaultRoom,
        List<String> allowedHosts,
        GatewayConfig gateway,
        SessionTimers sessionTimers,
        PortRange ports,
        int audioTos,
        int videoTos,
        boolean inBandKeys,
        NatPolicy nat,
        Browser browser) {

    private static final int[] DEFAULT_PORTS = {20_000, 20_999};
    private static final int[] DEFAULT_SIZE = {1280, 720};

    /**
     * UDP ports, both ends included.
     *
     * @param ice the one port of calls with ICE; 0 where they take others as well
     * @param second our address of the other IP version
     */
    record PortRange(int first, int last, int ice, Optional<InetAddress> second) {}

    /**
     * The browsers.
     *
     * @param warm how many stand ready
     * @param width of the display, pixels
     * @param height of the display, pixels
     * @param user who they run as when the gateway is root; empty for {@code sipmgw}, else {@code nobody}
     * @param chromium path of the program; empty for Debian's
     * @param chromedriver path of the program; empty for Debian's
     * @param evidence where pages that could not be joined are kept; empty for nowhere
     * @param devices what pages have for camera and microphone
     * @param patience how many times longer than usual a browser may take
     */
    record Browser(
            int warm,
            int width,
            int height,
            Optional<String> user,
            Optional<String> chromium,
            Optional<String> chromedriver,
            Optional<Path> evidence,
            Devices devices,
            int patience) {}

    /**
     * Reads a file.
     *
     * @throws ConfigException naming key, value and what is allowed
     */
    static LauncherConfig read(Path file) {
        try {
            return parse(Files.readString(file));
        } catch (IOException e) {
            ConfigException refusal = new ConfigException("--config", file, "a file that can be read");
            refusal.initCause(e);
            throw refusal;
        }
    }

    static LauncherConfig parse(String yaml) {
        Object loaded;
        try {
            loaded = new Load(LoadSettings.builder().build()).loadFromString(yaml);
        } catch (YamlEngineException e) {
            // its message shows the lines around, which may hold a password; as a cause it would be logged
            throw new ConfigException("--config", place(e), "a file in YAML");
        }
        if (!(loaded instanceof Map<?, ?> map)) {
            throw new ConfigException("--config", Section.kind(loaded), "a file in YAML with keys");
        }
        List<String> warnings = new ArrayList<>();
        Object baresip = map.get("baresipConfig");
        Map<?, ?> merged = baresip == null ? map : BaresipKeys.under(map, Path.of(String.valueOf(baresip)), warnings);
        return of(new Section("", merged), warnings);
    }

    private static String place(YamlEngineException problem) {
        if (problem instanceof MarkedYamlEngineException marked
                && marked.getProblemMark().isPresent()) {
            Mark mark = marked.getProblemMark().get();
            return "line " + (mark.getLine() + 1) + ", column " + (mark.getColumn() + 1);
        }
        return "unreadable text";
    }

    private static LauncherConfig of(Section root, List<String> warnings) {
        root.text("baresipConfig");
        List<Account> accounts = AccountKeys.read(root, warnings);
        Section sip = root.section("sip");
        List<ListeningPoint> listen =
                sip.list("listen").stream().map(LauncherConfig::listeningPoint).toList();
        if (listen.isEmpty() && accounts.isEmpty()) {
            throw new ConfigException(
                    "sip.listen",
                    "",
                    "at least one of udp:ADDRESS:PORT, tcp:ADDRESS:PORT, tls:ADDRESS:PORT, or accounts");
        }
        Section conference = root.section("conference");
        Section media = root.section("media");
        Section browser = root.section("browser");
        int audioTos = media.number("audioTos", 0, 0, 255);
        LauncherConfig config = new LauncherConfig(
                listen,
                sip.text("publicAddress").map(PublicSipAddress::parse),
                accounts,
                warnings,
                tls(root.section("tls")),
                AdmissionKeys.rules(root.section("admission")),
                conference
                        .text("page")
                        .orElseThrow(() -> new ConfigException("conference.page", "", "an address with {room}")),
                conference.text("defaultRoom"),
                conference.list("allowedHosts"),
                limits(root.section("calls"), conference)
                        .withEncryption(EncryptionKeys.policy(media))
                        .withTrafficClass(sip.number("tos", 0, 0, 255)),
                SessionKeys.timers(root.section("session")),
                ports(media),
                audioTos,
                media.number("videoTos", audioTos, 0, 255),
                media.flag("inBandDtmf", false),
                NatKeys.policy(root.section("nat")),
                browser(browser));
        List.of(sip, conference, media, browser, root).forEach(Section::nothingElse);
        return config;
    }

    private static ListeningPoint listeningPoint(String text) {
        int first = text.indexOf(':');
        int last = text.lastIndexOf(':');
        String allowed = "udp:ADDRESS:PORT, tcp:ADDRESS:PORT or tls:ADDRESS:PORT, for example udp:192.0.2.1:5060";
        if (first < 1 || last <= first) {
            throw new ConfigException("sip.listen", text, allowed);
        }
        try {
            Transport transport = Transport.valueOf(text.substring(0, first).toUpperCase(Locale.ROOT));
            String address = text.substring(first + 1, last).replaceAll("[\\[\\]]", "");
            return new ListeningPoint(transport, address, Integer.parseInt(text.substring(last + 1)));
        } catch (ConfigException e) {
            throw e;
        } catch (IllegalArgumentException e) {
            ConfigException refusal = new ConfigException("sip.listen", text, allowed);
            refusal.initCause(e);
            throw refusal;
        }
    }

    private static TlsSettings tls(Section tls) {
        ClientCertificates demand = tls.choice("clientCertificates", ClientCertificates.class, ClientCertificates.NONE);
        TlsSettings settings = new TlsSettings(
                tls.text("certificate").map(Path::of),
                tls.text("key").map(Path::of),
                tls.text("ca").map(Path::of),
                demand,
                tls.flag("verifyServers", true));
        tls.nothingElse();
        return settings;
    }

    private static GatewayConfig limits(Section calls, Section conference) {
        GatewayConfig defaults = GatewayConfig.defaults();
        GatewayConfig config = new GatewayConfig(
                calls.number("max", defaults.maxCalls(), 1, 1000),
                Duration.ofSeconds(conference.number("joinTimeoutSeconds", 30, 1, 600)),
                Duration.ofSeconds(calls.number("roomSilenceSeconds", 60, 0, 86_400)),
                Duration.ofSeconds(calls.number("retryAfterSeconds", 10, 0, 3600)),
                calls.text("userAgent").orElse(defaults.userAgent()));
        calls.nothingElse();
        return config;
    }

    private static PortRange ports(Section media) {
        String allowed = "FIRST-LAST from 1024 to 65535, at least 4 ports";
        int[] ports = media.pair("ports", "-", DEFAULT_PORTS, allowed);
        if (ports[0] < 1024 || ports[1] > 65_535 || ports[1] - ports[0] < 3) {
            throw new ConfigException("media.ports", ports[0] + "-" + ports[1], allowed);
        }
        return new PortRange(
                ports[0],
                ports[1],
                media.number("icePort", 0, 0, 65_535),
                NatKeys.address(media, "secondAddress", "media.secondAddress"));
    }

    private static Browser browser(Section browser) {
        int[] size = browser.pair("size", "x", DEFAULT_SIZE, "WIDTHxHEIGHT, for example 1280x720");
        return new Browser(
                browser.number("warm", 1, 0, 100),
                size[0],
                size[1],
                browser.text("user"),
                browser.text("chromium"),
                browser.text("chromedriver"),
                browser.text("evidence").map(Path::of),
                browser.choice("devices", Devices.class, Devices.BRIDGED),
                browser.number("patience", 1, 1, 50));
    }
}
