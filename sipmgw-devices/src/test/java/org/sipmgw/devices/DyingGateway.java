package org.sipmgw.devices;

import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.sipmgw.process.ChildProcess;
import org.sipmgw.process.RunAs;
import org.sipmgw.process.RuntimeDirectory;
import org.sipmgw.spi.DisplayPort;
import org.sipmgw.spi.SpeakerPort;

/** A gateway of its own process, for {@link SeatIT}: opens a seat with Chromium in it, says so, waits to be killed. */
public final class DyingGateway {
    private DyingGateway() {}

    static ChildProcess chromium(RuntimeDirectory runtime, DisplayPort display, SpeakerPort speaker) {
        Map<String, String> environment = new HashMap<>(display.environment());
        environment.putAll(speaker.environment());
        Path profile = runtime.newDirectory("profile");
        return ChildProcess.builder(
                        runtime,
                        "chromium",
                        List.of(
                                "chromium",
                                "--user-data-dir=" + profile,
                                "--no-first-run",
                                "--disable-gpu",
                                "--window-size=320,240",
                                "about:blank"))
                .environment(environment)
                .start();
    }

    /** Argument: the base of runtime directories. */
    public static void main(String[] args) throws Exception {
        RuntimeDirectory runtime = RuntimeDirectory.open(Path.of(args[0]), RunAs.ordinaryUser());
        DisplayPort display = XvfbDisplays.builder(runtime).build().open(320, 240);
        SpeakerPort speaker = PulseSpeakers.builder(runtime).build().open();
        ChildProcess browser = chromium(runtime, display, speaker);
        SeatIT.awaitRenderer(browser);
        browser.tree().processes().forEach(id -> System.out.println("process " + id.pid() + " " + id.startTicks()));
        System.out.println("process " + display.pid() + " 0");
        System.out.println("process " + speaker.pid() + " 0");
        System.out.println("ready " + display.name() + " " + runtime.mark());
        Thread.sleep(600_000);
    }
}
