package org.sipmgw.examples;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.sipmgw.Call;
import org.sipmgw.CallState;
import org.sipmgw.process.Orphans;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code sipmgw run}: takes calls until told to end. */
@Command(name = "run", description = "Takes calls until it is told to end (Ctrl-C, SIGTERM).", sortOptions = false)
final class RunCommand implements Callable<Integer> {

    private static final long TICK_MS = 200;
    private static final int STATISTICS_TICKS = 5;

    @Option(names = "--config", required = true, paramLabel = "FILE", description = "The configuration, in YAML.")
    private Path config = Path.of("");

    @Option(
            names = "--events",
            description = "Write events as lines of JSON; end when standard input closes;"
                    + " take commands from there: " + Commands.ALL + ".")
    private boolean events;

    private final CountDownLatch end = new CountDownLatch(1);
    private final CountDownLatch ended = new CountDownLatch(1);

    @Override
    public Integer call() throws InterruptedException {
        LauncherConfig launched = LauncherConfig.read(config);
        CallEvents.Sink sink = sink();
        launched.warnings().forEach(detail -> sink.event("warning", Map.of("detail", detail)));
        Orphans.Found swept = Orphans.sweep();
        if (swept.owners() > 0) {
            sink.event("swept", Map.of("owners", swept.owners(), "processes", swept.processes()));
        }
        Runtime.getRuntime().addShutdownHook(new Thread(this::endNow, "sipmgw-shutdown"));
        try (Assembly assembly = Assembly.of(launched, new CallEvents(sink))) {
            assembly.gateway().start();
            sink.event(
                    "listening",
                    Map.of(
                            "points",
                            assembly.gateway().listeningPoints().stream()
                                    .map(p -> p.transport().name().toLowerCase(java.util.Locale.ROOT) + ":"
                                            + p.address() + ":" + p.port())
                                    .toList(),
                            "pid",
                            ProcessHandle.current().pid()));
            if (events) {
                commands(assembly, sink);
            }
            serve(assembly, sink);
        } finally {
            sink.event("stopped", Map.of());
            ended.countDown();
        }
        return 0;
    }

    private CallEvents.Sink sink() {
        return events ? new EventLine(System.out)::write : new HumanLines(System.out)::write;
    }

    private void serve(Assembly assembly, CallEvents.Sink sink) throws InterruptedException {
        int warm = -1;
        long tick = 0;
        while (!end.await(TICK_MS, TimeUnit.MILLISECONDS)) {
            int now = assembly.warm();
            if (now != warm) {
                warm = now;
                sink.event("warm", Map.of("browsers", now));
            }
            if (events && tick++ % STATISTICS_TICKS == 0) {
                assembly.gateway().calls().forEach(call -> statistics(call, sink));
            }
        }
    }

    private static void statistics(Call call, CallEvents.Sink sink) {
        if (call.state() != CallState.CONNECTED) {
            return;
        }
        List<Map<String, Object>> streams = call.statistics().streams().stream()
                .map(s -> {
                    Map<String, Object> fields = new LinkedHashMap<>();
                    fields.put("way", s.way().name());
                    fields.put("kind", s.kind().name());
                    fields.put("codec", s.codec());
                    fields.put("packets", s.packets());
                    fields.put("bytes", s.bytes());
                    fields.put("lost", s.lost());
                    fields.put("dropped", s.dropped());
                    fields.put("frames", s.frames());
                    fields.put("keyFrames", s.keyFrames());
                    fields.put("width", s.width());
                    fields.put("height", s.height());
                    fields.put("protection", s.protection());
                    fields.put("forged", s.forged());
                    return fields;
                })
                .toList();
        sink.event("statistics", Map.of("call", call.id(), "streams", streams));
    }

    private void commands(Assembly assembly, CallEvents.Sink sink) {
        Commands commands = new Commands(assembly, sink);
        Thread thread = new Thread(
                () -> {
                    try (BufferedReader in =
                            new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
                        for (String line = in.readLine(); line != null; line = in.readLine()) {
                            taken(commands, line.strip());
                        }
                    } catch (IOException e) {
                        sink.event("warning", Map.of("detail", "standard input: " + e.getMessage()));
                    }
                    end.countDown();
                },
                "sipmgw-commands");
        thread.setDaemon(true);
        thread.start();
    }

    /** One command that fails ends neither the others nor the gateway's end with its input. */
    private static void taken(Commands commands, String line) {
        try {
            commands.take(line);
        } catch (RuntimeException problem) {
            System.getLogger(RunCommand.class.getName()).log(System.Logger.Level.ERROR, "a command failed", problem);
        }
    }

    /** On SIGTERM: let {@link #call} end everything, and wait for it. */
    private void endNow() {
        end.countDown();
        try {
            ended.await(40, TimeUnit.SECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
