package org.sipmgw.examples;

import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import org.sipmgw.Call;
import org.sipmgw.CallListener;
import org.sipmgw.CallOptions;
import org.sipmgw.CallRequest;
import org.sipmgw.Gateway;
import org.sipmgw.RoomResolver;
import org.sipmgw.account.Account;
import org.sipmgw.browser.BrowserJoiner;
import org.sipmgw.browser.BrowserJoinerBuilder;
import org.sipmgw.browser.JanusVideoRoomPage;
import org.sipmgw.conference.Room;
import org.sipmgw.devices.PulseSpeakers;
import org.sipmgw.devices.XvfbDisplays;
import org.sipmgw.media.BridgedMediaEngine;
import org.sipmgw.process.RunAs;
import org.sipmgw.process.RuntimeDirectory;
import org.sipmgw.spi.MediaEngine;

/** A gateway as the configuration file describes it, with all it stands on. Closing ends everything, last made first. */
final class Assembly implements AutoCloseable {

    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final MediaEngine engine;
    private final BrowserJoiner joiner;
    private final Gateway gateway;
    private final RoomResolver rooms;
    private final LauncherConfig config;

    private Assembly(LauncherConfig config, CallListener listener) {
        this.config = config;
        try {
            RunAs runAs = config.browser().user().map(RunAs::named).orElseGet(RunAs::ordinaryUser);
            RuntimeDirectory runtime = made(RuntimeDirectory.open(runAs));
            this.engine = made(engine(config));
            this.joiner = made(joiner(config, runtime));
            this.rooms = RoomResolver.template(config.page(), config.defaultRoom());
            Gateway.Builder builder = Gateway.builder()
                    .mediaEngine(engine)
                    .joiner(joiner)
                    .rooms(rooms)
                    .config(config.gateway())
                    .tls(config.tls())
                    .sessionTimers(config.sessionTimers())
                    .admission(config.admission())
                    .listener(listener);
            config.listen().forEach(builder::listen);
            config.publicAddress().ifPresent(builder::publicAddress);
            config.accounts().forEach(builder::account);
            this.gateway = made(builder.build());
        } catch (RuntimeException e) {
            close();
            throw e;
        }
    }

    /** Builds everything; the gateway is not started yet. */
    static Assembly of(LauncherConfig config, CallListener listener) {
        return new Assembly(config, listener);
    }

    private static MediaEngine engine(LauncherConfig config) {
        BridgedMediaEngine.Builder builder = BridgedMediaEngine.builder()
                .rtpPorts(config.ports().first(), config.ports().last())
                .trafficClasses(config.audioTos(), config.videoTos())
                .icePort(config.ports().ice())
                .inBandKeys(config.inBandKeys())
                .nat(config.nat())
                .patience(config.browser().patience());
        config.ports().second().ifPresent(builder::secondAddress);
        return builder.build();
    }

    private static BrowserJoiner joiner(LauncherConfig config, RuntimeDirectory runtime) {
        LauncherConfig.Browser browser = config.browser();
        Duration start = Duration.ofSeconds(10).multipliedBy(Math.min(6, browser.patience()));
        BrowserJoinerBuilder builder = BrowserJoiner.builder(runtime)
                .displays(XvfbDisplays.builder(runtime).startTimeout(start).build())
                .speakers(PulseSpeakers.builder(runtime).startTimeout(start).build())
                .devices(browser.devices().provider())
                .patience(browser.patience())
                .pages(List.of(new JanusVideoRoomPage()))
                .allowedHosts(config.allowedHosts())
                .warm(browser.warm())
                .displaySize(browser.width(), browser.height());
        browser.chromium().ifPresent(builder::chromium);
        browser.chromedriver().ifPresent(builder::chromedriver);
        browser.evidence().ifPresent(builder::evidence);
        return builder.build();
    }

    private <T extends AutoCloseable> T made(T part) {
        parts.push(part);
        return part;
    }

    Gateway gateway() {
        return gateway;
    }

    /**
     * Calls a room system into a room, as an account where there is one.
     *
     * @param uri its SIP address
     * @param room its name in the page's address
     * @param account user part or address of the account; empty: the first
     * @throws IllegalArgumentException where it is no SIP address, or no room, or no account
     */
    Call call(String uri, String room, Optional<String> account) {
        return gateway.call(
                uri,
                room(room),
                account.map(this::named)
                        .or(() -> config.accounts().stream().findFirst())
                        .map(CallOptions::of)
                        .orElseGet(CallOptions::defaults));
    }

    /** @throws IllegalArgumentException where there is no such room */
    Room room(String name) {
        Optional<String> none = Optional.empty();
        CallRequest asked = new CallRequest("", Optional.of(name), "", "", none, "", none, Optional.empty());
        return rooms.resolve(asked).orElseThrow(() -> new IllegalArgumentException("no room " + name));
    }

    private Account named(String name) {
        return config.accounts().stream()
                .filter(one ->
                        one.address().user().equals(name) || one.address().uri().equals(name))
                .findFirst()
                .orElseThrow(() -> new IllegalArgumentException("no account " + name));
    }

    MediaEngine engine() {
        return engine;
    }

    /** Browsers that stand ready. */
    int warm() {
        return joiner.warm();
    }

    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                System.getLogger(Assembly.class.getName()).log(System.Logger.Level.WARNING, "not closed", e);
            }
        }
    }
}
